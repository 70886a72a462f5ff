"""A board as full as they get: what people of two real sessions wrote, as often as is needed, under many themes."""

from __future__ import annotations

from app.commands import themes
from app.domain.phases import Phase
from tests.world import REAL_SESSIONS, World, texts_of

NAMES = (
    "Samenwerking",
    "Integrale werkwijze",
    "Problemen aanpakken",
    "Rol van de wijkmanager",
    "Sociale projecten en alles wat daar in de buurt nog bij hoort",
    "Korte lijnen",
    "Contact met burgers",
    "Lokale status",
    "Verkeer",
    "Groen en water",
    "Jeugd",
    "Veiligheid",
    "Geld",
    "Communicatie",
)


def written(number: int) -> list[str]:
    """So many different statements."""
    real = [text for session in REAL_SESSIONS for question in session["questions"] for text in texts_of(question)]
    return [real[at % len(real)] + (f" ({at // len(real) + 1})" if at >= len(real) else "") for at in range(number)]


async def fill(world: World, statements: int, names: tuple[str, ...] = NAMES, loose: int = 6, hidden: int = 2) -> None:
    """Bring the present question to clustering, with so many statements dealt out over themes, some loose or hidden."""
    texts = written(statements)
    await world.advance_to(Phase.COLLECT)
    await world.write_all(texts)
    await world.advance_to(Phase.CLUSTER)
    grouped = texts[: len(texts) - loose]
    for place, name in enumerate(names):
        await world.make_theme(name, grouped[place :: len(names)])
    chosen = [await world.statement_id(text) for text in [*texts[:1], *texts[-1:]][:hidden]]
    if chosen:
        page = await world.page()
        await world.run(themes.hide, page=page, moderator_id=world.moderator, chosen=chosen, hidden=True)
