"""A morph rendered by the workers of a cluster: each keeps one model, and renders batches of the frames.

A batch has the same shape wherever it is rendered, so a frame has the same bits as at home, on the same kind
of device with as many threads. A worker finds in its own store what it, or a broken run, rendered before.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from lab import cluster
from lab.diffusion import spacing
from lab.diffusion.morph import Frame, find_paces, itinerary, plan, show
from lab.diffusion.spec import MorphSpec

if TYPE_CHECKING:
    import numpy as np

    from lab.diffusion.model import Model

_resident: dict[str, Model] = {}
_one_at_a_time = threading.Lock()


@dataclass(frozen=True, eq=False)
class Survey:
    """What has to be known of a morph before its frames can be rendered one by one.

    Attributes
    ----------
    paces : dict
        Of `lab.diffusion.spacing.pilot`; empty for equal steps.
    objected : frozenset of int
        Key prompts to which the model's safety checker objects.
    batch : int
        Frames that are denoised together.
    recipe : dict
    remarks : tuple of str
    """

    paces: dict
    objected: frozenset[int]
    batch: int
    recipe: dict
    remarks: tuple[str, ...]


def frames(
    spec: MorphSpec,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Callable[[float, float], None] = lambda done, total: None,
    remarks: list[str] | None = None,
) -> Iterator[tuple[Frame, dict]]:
    """Frames of a morph in the order of showing, each with the recipe; they end early when cancelled.

    Parameters
    ----------
    spec : MorphSpec
        Complete: nothing left open. Its model must be found by its name on every worker.
    cancelled, progress : callable
        As in `lab.diffusion.morph.morph`; progress counts finished batches.
    remarks : list of str, optional
        Takes what there is to tell.
    """
    spec.validate()
    for _, survey in cluster.spread(surveyed, [spec], cancelled=cancelled):
        (remarks if remarks is not None else []).extend(survey.remarks)
        ts = [spacing.weight(stop, survey.paces) for stop in itinerary(spec)]
        for frame in show(spec, _pictures(spec, survey, cancelled, progress), ts):
            yield frame, survey.recipe


def _pictures(spec, survey, cancelled, progress) -> Iterator[np.ndarray]:
    """Pictures of all stops in order, from batches that come in any order."""
    count = len(plan(spec)[0])
    batches = [tuple(range(count))[first : first + survey.batch] for first in range(0, count, survey.batch)]
    found: dict[int, list] = {}
    coming = 0
    for number, pictures in cluster.spread(partial(rendered, spec, survey), batches, cancelled=cancelled):
        found[number] = pictures
        progress(len(found), len(batches))
        while coming in found:
            yield from found[coming]
            found[coming], coming = [], coming + 1


def surveyed(spec: MorphSpec) -> Survey:
    """Load the model, look ahead where the spec wants even steps, ask the safety checker; on a worker."""
    from lab.diffusion.recipe import recipe

    with _one_at_a_time:
        model, footage = _footage(spec)
        model.remarks = []
        stops = plan(spec)[0]
        paces = find_paces(footage, stops, lambda done, total: None)
        assert paces is not None, "nothing cancels a survey"
        objected = footage.objections(stops)
        batch = model.frames_per_batch(footage.spec.manner[1])
        return Survey(paces, objected, batch, recipe("morph", model, spec), tuple(model.remarks))


def rendered(spec: MorphSpec, survey: Survey, numbers: tuple[int, ...]) -> list[np.ndarray]:
    """Pictures of some of a morph's stops; on a worker."""
    with _one_at_a_time:
        stops = plan(spec)[0]
        asked = [stops[number] for number in numbers]
        footage = _footage(spec)[1]
        return list(footage.shown(asked, survey.paces, survey.objected, lambda done, total: None))


def _footage(spec):
    """The resident model, which is another one's successor if need be, and the spec's pictures."""
    from lab.diffusion import load
    from lab.diffusion.footage import Footage
    from lab.diffusion.store import Store, cache_folder

    if spec.model not in _resident:
        _resident.clear()
        _resident[spec.model] = load(spec.model)
    model = _resident[spec.model]
    return model, Footage(model, spec, Store(cache_folder()))
