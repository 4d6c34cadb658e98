"""How far blends are from their sources: as embeddings, as pixels, and as a picture model sees them.

Every distance is told beside the mean distance between two different sources, so that 1 is "as far as the
sources are from each other".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from lab import checksums

if TYPE_CHECKING:
    from torch import Tensor

    from lab.babel.judge import Judge
    from lab.diffusion.model import Model

JUDGE = Path(__file__).resolve().parents[2] / "data" / "judge"
MEASURES: dict[str, str] = {
    "seen": "one minus the cosine in the space of babel's judge, a small CLIP",
    "pixels": "root mean square difference of the pictures, 0 to 255",
    "text": "root mean square difference of the text embeddings",
}


@dataclass(frozen=True, eq=False)
class Likeness:
    """Distances of n blends to m sources in one measure.

    Attributes
    ----------
    measure : str
        A word of ``MEASURES``.
    distances : ndarray of shape (n, m)
    between : float
        Mean distance of two different sources.
    """

    measure: str
    distances: np.ndarray
    between: float

    @property
    def relative(self) -> np.ndarray:
        """Distances in units of ``between``, (n, m); all zero where the sources are the same."""
        return self.distances / self.between if self.between else np.zeros_like(self.distances)

    @property
    def nearest(self) -> np.ndarray:
        """Relative distance of each blend to the source that it is most like, (n,)."""
        return self.relative.min(axis=1)

    def least_like(self) -> int:
        """Number of the blend whose most similar source is farthest; the first of equals."""
        return int(self.nearest.argmax())


def compare(measure: str, blends: np.ndarray, sources: np.ndarray) -> Likeness:
    """Distances between vectors, in the measure that suits what they are.

    Parameters
    ----------
    measure : str
    blends : ndarray of shape (n, d)
        Embeddings or pixels; unit vectors for "seen".
    sources : ndarray of shape (m, d)
    """
    distance = _cosine_distance if measure == "seen" else _root_mean_square
    among = distance(sources, sources)
    return Likeness(measure, distance(blends, sources), float(among[np.triu_indices(len(sources), 1)].mean()))


def _root_mean_square(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.sqrt(np.array([((b - row) ** 2).mean(axis=1) for row in a]))


def _cosine_distance(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.clip(1 - a @ b.T, 0.0, 2.0)


def plain(likeness: Likeness) -> dict:
    """The distances as data that JSON can hold, to five digits."""
    rows = [[float(f"{value:.5g}") for value in row] for row in likeness.distances.tolist()]
    return {"distances": rows, "between": float(f"{likeness.between:.5g}")}


def revive(measure: str, values: dict) -> Likeness:
    """The distances that :func:`plain` wrote down."""
    return Likeness(measure, np.array(values["distances"], float), values["between"])


def measures(model: Model) -> tuple[str, ...]:
    """Measures there are for pictures of a model: the judge knows nobody's drawings but babel's.

    A judge whose files are not as they were is left out, and the model's remarks say so.
    """
    if model.name != "babel" or not JUDGE.is_dir():
        return "pixels", "text"
    try:
        checksums.check(JUDGE, "the judge")
    except ValueError as refusal:
        model.remarks.append(f"Distances as the judge sees them are left out: {refusal}")
        return "pixels", "text"
    return tuple(MEASURES)


def describe(measure: str, images: list[np.ndarray], embeddings: Tensor) -> np.ndarray:
    """Pictures or embeddings as vectors (n, d) whose distances are the measure's."""
    if measure == "text":
        return embeddings.flatten(1).double().cpu().numpy()
    if measure == "pixels":
        return np.stack(images).reshape(len(images), -1).astype(np.float64)
    return _judge().embed_pictures(np.stack(images)).double().numpy()


@cache
def _judge() -> Judge:
    from lab.babel.judge import open_judge

    return open_judge(JUDGE)
