"""The pictures of a morph's stops: embeddings and noise of each, taken from the store or rendered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from torch import Tensor

from lab import compute
from lab.diffusion import paths, safety, spacing
from lab.diffusion.itinerary import Stop
from lab.diffusion.sampling import initial_noise
from lab.diffusion.spec import MorphSpec
from lab.diffusion.store import Store, key_of, through

if TYPE_CHECKING:
    from lab.diffusion.model import Model

BETWEEN = {"lerp": paths.lerp, "slerp": paths.slerp}
Told = Callable[[float, float], None]


class Footage:
    """What a morph shows, place by place.

    Parameters
    ----------
    model : Model
    spec : MorphSpec
        Complete: nothing left open.
    store : Store, optional
        Without one, nothing is kept beyond the call that renders it.
    cancelled : callable
    """

    def __init__(
        self,
        model: Model,
        spec: MorphSpec,
        store: Store | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ):
        self.model, self.spec, self.cancelled = model, spec, cancelled
        self.store = store or Store()

    @cached_property
    def keys(self) -> Tensor:
        """Embeddings of the key prompts, (prompts, tokens, width): each prompt is encoded once."""
        return self.model.embed(self.spec.prompts)

    @cached_property
    def noises(self) -> Tensor | None:
        """Initial noise of each key prompt, (prompts, channels, height, width); None with one for all."""
        if not self.spec.seeds:
            return None
        generators = [compute.generator(seed) for seed in self.spec.seeds]
        return torch.cat([initial_noise(each, self.model.latent_shape) for each in generators])

    def embeddings(self, stops: Sequence[Stop], weights: Sequence[float]) -> Tensor:
        """Embeddings of stops, (stops, tokens, width)."""
        between = BETWEEN[self.spec.interpolation]
        pairs = zip(stops, weights, strict=True)
        return torch.stack([between(self.keys[stop.start], self.keys[stop.end], t) for stop, t in pairs])

    def noise(self, stops: Sequence[Stop], weights: Sequence[float]) -> Tensor | None:
        """Initial noise of stops, (stops, channels, height, width): a great circle keeps it noise."""
        if self.noises is None:
            return None
        flat, pairs = self.noises.flatten(1), zip(stops, weights, strict=True)
        walked = [paths.slerp(flat[stop.start], flat[stop.end], t) for stop, t in pairs]
        return torch.stack(walked).reshape(-1, *self.model.latent_shape)

    def pictures(
        self, stops: Sequence[Stop], paces: dict, progress: Told, steps: int | None = None
    ) -> Iterator[np.ndarray]:
        """Pictures of stops in order, before any safety checker; they end early when cancelled.

        Parameters
        ----------
        stops : sequence of Stop
        paces : dict
            Of :func:`lab.diffusion.spacing.pilot`; empty for equal steps.
        progress : callable
        steps : int, optional
            In the place of the spec's, for previews.
        """
        weights = [spacing.weight(stop, paces) for stop in stops]
        embeddings, noise = self.embeddings(stops, weights), self.noise(stops, weights)
        spec = self.spec
        asked: dict[str, Any] = {
            name: getattr(spec, name) for name in ("seed", "guidance", "scheduler", "negative")
        }
        asked["steps"] = steps or spec.steps

        def key(number: int) -> str:
            own = None if noise is None else noise[number]
            return key_of(self.model, embeddings[number], own, asked)

        def render(missing: list[int]) -> Iterator[np.ndarray]:
            own = None if noise is None else noise[missing]
            watched: dict[str, Any] = {"cancelled": self.cancelled, "progress": progress, "checked": False}
            return self.model.render(embeddings[missing], **asked, noise=own, **watched)

        for picture in through(self.store, len(stops), key, render):
            if self.store.trouble and self.store.trouble not in self.model.remarks:
                self.model.remarks.append(self.store.trouble)
            yield picture

    def checked(self, stops: Sequence[Stop], paces: dict, progress: Told) -> Iterator[np.ndarray]:
        """Pictures of stops after the model's safety checker, if there is one: key frames decide."""
        return self.shown(stops, paces, self.objections(stops), progress)

    def objections(self, stops: Sequence[Stop]) -> frozenset[int]:
        """Key prompts among the stops to whose pictures the model's safety checker objects, if it has one."""
        if self.model.checker is None:
            return frozenset()
        ends = [stop for stop in stops if len(stop.place) == 1]
        objected = {
            key
            for stop, picture in zip(ends, self.pictures(ends, {}, lambda *counts: None), strict=False)
            for key, _ in stop.place
            if self.model.checker.objects(picture)
        }
        if objected:
            self.model.remarks.append(safety.remark_on_keys(sorted(objected)))
        return frozenset(objected)

    def shown(
        self, stops: Sequence[Stop], paces: dict, objected: frozenset[int], progress: Told
    ) -> Iterator[np.ndarray]:
        """Pictures of stops, covered where they touch a key prompt that was objected to."""
        for stop, picture in zip(stops, self.pictures(stops, paces, progress), strict=False):
            touched = objected & {key for key, _ in stop.place}
            yield safety.covered(picture) if touched else picture
