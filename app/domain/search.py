"""Finding by words, whatever their capitals and accents."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LONGEST_SEARCH = 200


def folded(text: str) -> str:
    """A text without capitals and accents: `Éen Œuvre` and `een œuvre` fold alike."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).replace("’", "'")


def matches(search: str, texts: Sequence[str]) -> bool:
    """Whether every word of the search occurs in one of the texts; nothing to search for matches everything."""
    among = folded("\n".join(texts))
    return all(word in among for word in folded(search[:LONGEST_SEARCH]).split())
