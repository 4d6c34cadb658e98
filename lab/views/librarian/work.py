"""The librarian's work in the engine: pictures and glimpses as the browser gets them; nothing twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, MutableMapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from lab.diffusion.librarian.asking import Asked, mode_of
from lab.diffusion.librarian.picture import PictureSpec
from lab.diffusion.librarian.scout import ScoutSpec
from lab.views import pipelines, stage

if TYPE_CHECKING:
    from lab.diffusion.model import Model

WORD = "librarian"
STORE_BYTES = 24 * 2**20


@dataclass(frozen=True, eq=False)
class Shown:
    """What came: a finished picture or a sketch, or with ``step`` a glimpse of one that forms.

    Parameters
    ----------
    index : int
        Its number among those asked for.
    jpeg : bytes
    image : ndarray of shape (H, W, 3), uint8, optional
        None for a glimpse.
    spec : PictureSpec, optional
    recipe : dict, optional
    step, total : int
        Of a glimpse; 0 for a finished picture.
    score : float, optional
        Of a sketch.
    """

    index: int
    jpeg: bytes
    image: np.ndarray | None = None
    spec: PictureSpec | None = None
    recipe: dict | None = None
    step: int = 0
    total: int = 0
    score: float | None = None

    def finished(self) -> tuple[PictureSpec, np.ndarray, dict]:
        """Spec, image and recipe of what is no glimpse."""
        assert self.spec is not None and self.image is not None and self.recipe is not None
        return self.spec, self.image, self.recipe


class Store(MutableMapping[str, np.ndarray]):
    """Pictures by the key of their spec, the longest unused forgotten first."""

    def __init__(self, most: int = STORE_BYTES):
        self._most, self._bytes, self._lock = most, 0, threading.Lock()
        self._pictures: OrderedDict[str, np.ndarray] = OrderedDict()

    def __getitem__(self, key: str) -> np.ndarray:
        with self._lock:
            self._pictures.move_to_end(key)
            return self._pictures[key]

    def __setitem__(self, key: str, image: np.ndarray) -> None:
        with self._lock:
            self._bytes += image.nbytes - (self._pictures[key].nbytes if key in self._pictures else 0)
            self._pictures[key] = image
            self._pictures.move_to_end(key)
            while self._bytes > self._most and len(self._pictures) > 1:
                self._bytes -= self._pictures.popitem(last=False)[1].nbytes

    def __delitem__(self, key: str) -> None:
        with self._lock:
            self._bytes -= self._pictures.pop(key).nbytes

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._pictures))

    def __len__(self) -> int:
        return len(self._pictures)


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The pictures of this server that need no second rendering."""
    return Store()


def network_calls(spec: Asked) -> int:
    """Network calls that are left to do, those of known pictures not counted."""
    if isinstance(spec, ScoutSpec):
        sketch = PictureSpec(spec.prompt, steps=spec.sketch, guidance=spec.guidance, scheduler=spec.scheduler)
        return pipelines.network_calls(sketch, spec.sketches())
    known = store()
    asked = {each.key(): each for each in map(pipelines.complete, pictures_of(spec))}
    return sum(pipelines.network_calls(each, 1) for key, each in asked.items() if key not in known)


def pictures_of(spec: Asked) -> list[PictureSpec]:
    """Call numbers of the pictures that a spec asks for."""
    return [spec] if isinstance(spec, PictureSpec) else spec.pictures()


def seconds(spec: Asked) -> float:
    """Seconds a spec will take here; nothing where all its pictures are known."""
    calls = network_calls(pipelines.complete(spec))
    return pipelines.models().expect(spec.model, calls) if calls else 0.0


def render(spec: Asked) -> None:
    """Hand a spec to the engine."""
    whole = pipelines.complete(spec)
    calls = network_calls(whole)
    frames: Callable[..., Iterator[Shown]] = sketches if mode_of(whole) == "scout" else pictures
    stage.submit(
        WORD, whole, pipelines.work(whole, calls, frames), pipelines.models().expect(whole.model, calls)
    )


def pictures(model: Model, spec: Asked, cancelled, progress) -> Iterator[Shown]:
    """Glimpses and pictures as `Shown`; runs in the worker."""
    from lab.diffusion.librarian import Glimpse, develop
    from lab.diffusion.recipe import recipe
    from lab.figures import librarian as figures
    from lab.figures.morph import encode

    for item in develop(model, pictures_of(spec), cancelled, progress, store()):
        if isinstance(item, Glimpse):
            yield Shown(item.index, figures.glimpse(item.image, model.size), step=item.step, total=item.total)
        else:
            known = recipe(WORD, model, item.spec)
            yield Shown(item.index, encode(item.image), item.image, item.spec, known)


def sketches(model: Model, spec: ScoutSpec, cancelled, progress) -> Iterator[Shown]:
    """Sketches of the scout as `Shown`; runs in the worker."""
    from dataclasses import replace

    from lab.diffusion.librarian import scout
    from lab.diffusion.recipe import recipe
    from lab.figures.morph import encode

    for found in scout(model, spec, cancelled, progress):
        walked = spec.rank == "evenness"  # three stops of a walk side by side are no single picture
        known = recipe(WORD, model, spec if walked else replace(found.spec, steps=spec.sketch))
        yield Shown(found.index, encode(found.image), found.image, found.spec, known, score=found.score)
