"""What a screen says of where suggestions come from, and why not from elsewhere."""

from __future__ import annotations

from app.screens.render import N_
from app.suggestions.embeddings import Trouble
from app.suggestions.source import Source

SENTENCES: dict[tuple[Source, Trouble | None], str] = {
    (Source.BUILT_IN, None): N_("Suggestions come from this server itself, by words that are alike or related."),
    (Source.EMBEDDINGS, None): N_("Suggestions come from the language model on your own network."),
    (Source.BUILT_IN, Trouble.UNREACHABLE): N_(
        "The language model on your own network can't be reached. Suggestions now come from this server itself."
    ),
    (Source.BUILT_IN, Trouble.SLOW): N_(
        "The language model on your own network takes too long. Suggestions now come from this server itself."
    ),
    (Source.BUILT_IN, Trouble.REFUSED): N_(
        "The language model on your own network refuses to answer. Suggestions now come from this server itself."
    ),
    (Source.BUILT_IN, Trouble.UNREADABLE): N_(
        "The language model on your own network gives an answer that can't be used. "
        "Suggestions now come from this server itself."
    ),
}


def source_sentence(source: Source, trouble: Trouble | None) -> str:
    """The sentence, in English, to be translated where it is shown."""
    return SENTENCES[source, trouble]
