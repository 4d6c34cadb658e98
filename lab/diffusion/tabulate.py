"""Text embeddings as a table, for rooms that look at tables: a row a prompt, a column a coordinate."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

from lab.tables import Table

if TYPE_CHECKING:
    from lab.diffusion.model import Model

COLLECTIONS = {
    "dictionary": "babel's dictionary, a prompt of one word each",
    "path": "a morph's path through five prompts and back again",
    "cloud": "a cloud of variations around one prompt",
}
PATH = (
    "a street in a rainy city at night",
    "a rainy forest",
    "an abandoned gas station at sunset",
    "a library of hexagonal rooms",
    "a portrait of a technopriest",
)
FRAMES, VARIATIONS, NOISE, LEASH = 24, 240, 0.02, 0.5
MOST_WORDS = 600


def tabulate(model: Model, collection: str) -> Iterator[tuple[int, int] | Table]:
    """Embed a collection of prompts; yields (done, total) after each prompt and the table at the end.

    A row is the mean of the embedding over the tokens that hold the prompt's words. The path is walked in
    a straight line between neighbours, the last and the first included. The cloud is y[k] = y[0]/2 +
    (y[k-1] + noise)/2 with Gaussian noise of standard deviation 0.02, the same every time.
    """
    if collection not in COLLECTIONS:
        raise ValueError(f"The collection {collection!r} is unknown: choose one of {', '.join(COLLECTIONS)}.")
    prompts = {
        "dictionary": sorted(model.vocabulary)[:MOST_WORDS],
        "path": PATH,
        "cloud": PATH[3:4],
    }[collection]
    if not prompts:
        raise ValueError(f"The model {model.name} has no list of words it knows: choose another collection.")
    rows = []
    for done, prompt in enumerate(prompts, start=1):
        rows.append(_mean(model, prompt))
        yield done, len(prompts)
    X, texts = {"dictionary": _words, "path": _walk, "cloud": _wander}[collection](np.array(rows), prompts)
    columns = {f"coordinate {i}": column for i, column in enumerate(X.T, start=1)}
    yield Table(COLLECTIONS[collection].capitalize(), columns, texts, f"text encoder of {model.name}")


def _mean(model, prompt):
    """Mean embedding (width,) over the prompt's own tokens; the start mark comes first and is left out."""
    read, _ = model.count_tokens(prompt)
    return model.embed([prompt])[0, 1 : 1 + max(1, read)].mean(0).cpu().numpy().astype(np.float64)


def _words(X, prompts):
    lengths = np.array([len(word) for word in prompts])
    return X, {"letters": np.where(lengths <= 4, "up to 4", np.where(lengths <= 7, "5 to 7", "8 and more"))}


def _walk(X, prompts):
    t = np.arange(FRAMES)[:, None] / FRAMES
    legs = [(1 - t) * a + t * b for a, b in zip(X, np.roll(X, -1, axis=0), strict=True)]
    names = [f"{i + 1} to {(i + 1) % len(X) + 1}" for i in range(len(X))]
    return np.concatenate(legs), {"leg": np.repeat(names, FRAMES)}


def _wander(X, prompts):
    rng, cloud = np.random.default_rng(42), [X[0]]
    for _ in range(VARIATIONS):
        cloud.append((1 - LEASH) * X[0] + LEASH * (cloud[-1] + NOISE * rng.standard_normal(X.shape[1])))
    thirds = np.repeat(["first third", "second third", "last third"], VARIATIONS // 3)
    return np.array(cloud[1:]), {"when": thirds}
