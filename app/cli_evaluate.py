"""The command `moderato evaluate`: how good the suggestions are on sessions whose themes are known."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from app.settings import settings
from app.suggestions.embeddings import Embeddings, Endpoint, EndpointFailed
from app.suggestions.evaluation_table import evaluate, texts_to_embed
from app.suggestions.labelled import read_labelled

# Nobody waits for this in a room.
SECONDS = 600.0


def add_to(commands: Any) -> None:
    """Make the command known to the parser."""
    one = commands.add_parser("evaluate", help="measure the suggestions on sessions from a file, beside chance")
    one.add_argument("file", type=Path, metavar="FILE")
    one.add_argument("--embeddings", metavar="URL", help="measure the endpoint at URL/v1/embeddings as well")
    one.add_argument("--model", help="the endpoint's model; else EMBEDDINGS_MODEL")
    one.set_defaults(run=_evaluate)


def _evaluate(parsed: argparse.Namespace) -> int:
    questions = read_labelled(parsed.file)
    found = None
    if parsed.embeddings:
        own = settings()
        endpoint = Endpoint(parsed.embeddings, parsed.model or own.embeddings_model, own.embeddings_key, SECONDS)
        try:
            found = Embeddings(endpoint).vectors(texts_to_embed(questions))
        except EndpointFailed as failed:
            raise ValueError(f"{parsed.embeddings} gave no vectors: {failed.trouble}") from None
    print(evaluate(questions, found))
    return 0
