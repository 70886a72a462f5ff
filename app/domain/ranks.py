"""Fractional ranks: texts that sort in order, so that moving one thing writes one row."""

from __future__ import annotations

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_MIDDLE = DIGITS[len(DIGITS) // 2]


def between(lower: str | None, upper: str | None) -> str:
    """A rank strictly between two ranks (None is an open end), by ASCII order; never ends in the lowest digit.

    The midpoint of two fractions written in base 36, digit by digit.
    """
    low, high = lower or "", upper
    prefix = ""
    position = 0
    while True:
        below = DIGITS.index(low[position]) if position < len(low) else 0
        above = DIGITS.index(high[position]) if high is not None and position < len(high) else len(DIGITS)
        if above - below > 1:
            return prefix + DIGITS[(below + above) // 2]
        prefix += DIGITS[below]
        if above != below:
            high = None
        position += 1


def evenly(count: int) -> list[str]:
    """`count` ranks in order with room between them, all of one length."""
    width = 2
    while len(DIGITS) ** width < 2 * (count + 1):
        width += 1
    step = len(DIGITS) ** width // (count + 1)
    return [_in_digits((index + 1) * step, width) + _MIDDLE for index in range(count)]


def spread(lower: str | None, upper: str | None, count: int, mark: str = "") -> list[str]:
    """`count` ranks in order strictly between two, each ending in `mark`; halving keeps them short.

    A rank with something behind it still sorts below `upper`, since no rank given here is the beginning of `upper`.
    """
    if count == 0:
        return []
    middle = between(lower, upper) + mark
    half = (count - 1) // 2
    return [*spread(lower, middle, half, mark), middle, *spread(middle, upper, count - 1 - half, mark)]


def after(last: str | None, count: int, mark: str = "") -> list[str]:
    """`count` ranks in order behind `last` (None: behind nothing), each ending in `mark`."""
    ranks: list[str] = []
    for _ in range(count):
        last = _next(last) + mark
        ranks.append(last)
    return ranks


def mark(number: int) -> str:
    """The end of the ranks that are given at one change of a session: no two changes have the same number."""
    signs = ""
    while number:
        number, digit = divmod(number, len(DIGITS))
        signs = DIGITS[digit] + signs
    # Never ends in the lowest digit, as no rank does.
    return signs + _MIDDLE


def _next(last: str | None) -> str:
    """The shortest handy rank behind `last`; counts up a fixed-width number so that appending stays short."""
    if last is None:
        return "00001" + _MIDDLE
    number = int(last[:5].ljust(5, "0"), 36) + 1
    return _in_digits(number, 5) + _MIDDLE if number < 36**5 else between(last, None)


def _in_digits(number: int, width: int) -> str:
    signs = []
    for _ in range(width):
        number, digit = divmod(number, len(DIGITS))
        signs.append(DIGITS[digit])
    return "".join(reversed(signs))
