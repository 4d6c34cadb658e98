"""Text embeddings as a table, for rooms that look at tables: a row a prompt, a column a coordinate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lab.diffusion.collection import MOST_WORDS, Collection
from lab.tables import Table

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model


def tabulate(model: Model, collection: Collection | str) -> Iterator[tuple[int, int] | Table]:
    """Embed a collection of prompts; yields (done, total) as it goes and the table at the end.

    A row is the mean of an embedding over the tokens that hold words: those of the prompt, or of the longest
    prompt of a path. Path and cloud are the very embeddings that a morph and its variations render.
    """
    asked = Collection(collection) if isinstance(collection, str) else collection
    X, texts = yield from _ROWS[asked.kind](model, asked.validate())
    columns = {f"coordinate {i}": column for i, column in enumerate(X.T, start=1)}
    title, note = _TITLES[asked.kind](asked), f"means of embeddings, text encoder of {model.name}"
    yield Table(title, columns, texts, note)


def _dictionary(model, asked):
    words = sorted(model.vocabulary)[:MOST_WORDS]
    if not words:
        raise ValueError(f"The model {model.name} has no list of words it knows: choose another collection.")
    rows = []
    for done, word in enumerate(words, start=1):
        rows.append(_means(model.embed([word]), _tokens(model, [word]))[0])
        yield done, len(words)
    lengths = np.array([len(word) for word in words])
    letters = np.where(lengths <= 4, "up to 4", np.where(lengths <= 7, "5 to 7", "8 and more"))
    return np.array(rows), {"letters": letters}


def _path(model, asked):
    from lab.diffusion.morph import embeddings, plan

    yield 0, 1
    X = _means(embeddings(model, asked.morph), _tokens(model, asked.walk))
    ends = [(stop.start + 1, stop.end + 1) for stop in plan(asked.morph)[0]]
    return X, {"leg": np.array([f"{start} to {end}" for start, end in ends])}


def _cloud(model, asked):
    from lab.diffusion.variations import embeddings

    yield 0, 1
    X = _means(embeddings(model, asked.variations)[1:], _tokens(model, [asked.middle]))
    third = 3 * np.arange(len(X)) // len(X)
    return X, {"when": np.array(["first third", "second third", "last third"])[third]}


def _tokens(model, prompts) -> int:
    """Tokens of the longest prompt, the start mark left out."""
    return max(1, *(model.count_tokens(prompt)[0] for prompt in prompts))


def _means(embeddings: Tensor, tokens: int) -> np.ndarray:
    """Means (n, width) of embeddings (n, tokens, width) over the first tokens after the start mark."""
    return embeddings[:, 1 : 1 + tokens].mean(1).cpu().numpy().astype(np.float64)


_ROWS = {"dictionary": _dictionary, "path": _path, "cloud": _cloud}
_TITLES = {
    "dictionary": lambda asked: f"{asked.model}'s dictionary",
    "path": lambda asked: f"A path through {len(asked.walk)} prompts",
    "cloud": lambda asked: f"A cloud around “{asked.middle}”",
}
