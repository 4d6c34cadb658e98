"""A file that comes back: its recipe is read strictly, rendered again, and compared frame by frame.

What a stranger's file can ask for is what the pages can ask for, not more: the recipe names one of the known
experiments, its spec is built field by field and validated, and only models that are here are loaded.
"""

from __future__ import annotations

import binascii
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from importlib import import_module
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from lab import imports
from lab.diffusion import shelf, uploads
from lab.diffusion.spec import Sampling
from lab.diffusion.strict import build
from lab.exports import png, read_recipe
from lab.fingerprints import FINGERPRINTS, fingerprint

if TYPE_CHECKING:
    from lab.diffusion.model import Model

Spec = TypeVar("Spec", bound=Sampling)
SPECS = {  # a recipe is of the first kind that its entries fit
    "morph": ("lab.diffusion.spec:MorphSpec",),
    "mix": ("lab.diffusion.mix_spec:MixSpec",),
    "variations": ("lab.diffusion.variations_spec:VariationsSpec",),
    "latents": ("lab.diffusion.latents.spec:LatentsSpec",),
    "anatomy": ("lab.diffusion.anatomy.spec:AnatomySpec",),
    "librarian": (
        "lab.diffusion.librarian.picture:PictureSpec",
        "lab.diffusion.librarian.seeds:SeedsSpec",
        "lab.diffusion.librarian.grid:GridSpec",
        "lab.diffusion.librarian.scout:ScoutSpec",
        "lab.diffusion.librarian.neighbours:RefineSpec",
    ),
}
OWN_MOST = 6
SHOWN = 40  # characters of a wrong value that are repeated


@dataclass(frozen=True, eq=False)
class Brought:
    """A file that came back.

    Parameters
    ----------
    experiment : str
        Word of the room that made it.
    spec : Sampling
        Validated.
    recipe : dict
        As the file holds it; only read where a reader checks what it takes.
    data : bytes
        The file.
    prints : tuple of str
        Fingerprints of its frames as they were when it was made; none in files of older versions.
    own : dict
        Pictures that somebody had brought to the latents room, by digest.
    """

    experiment: str
    spec: Sampling
    recipe: dict
    data: bytes = field(repr=False)
    prints: tuple[str, ...] = ()
    own: Mapping[str, np.ndarray] = field(default_factory=dict)

    @property
    def lossless(self) -> bool:
        """Whether its format keeps every pixel."""
        return imports.kind_of(self.data) in imports.LOSSLESS

    @property
    def digest(self) -> str:
        """Names the file by its bytes."""
        return fingerprint(np.frombuffer(self.data, np.uint8))


def bring(data: bytes) -> Brought:
    """Read a PNG, WebP, GIF, MP4 or ZIP that was made here; no pixel of it is decoded.

    Raises
    ------
    ValueError
        If it is too large, holds no recipe, or one that cannot be: one sentence.
    """
    imports.check_bytes(data)
    recipe = read_recipe(data)
    word = recipe.get("experiment")
    if not isinstance(word, str) or word not in SPECS:
        raise ValueError(f"The recipe is of {str(word)[:SHOWN]!r}; known are {', '.join(SPECS)}.")
    spec = read_spec(word, recipe.get("spec"))
    prints = recipe.get(FINGERPRINTS, [])
    if not isinstance(prints, list) or len(prints) > imports.FRAMES_MOST or not all(map(_is_print, prints)):
        raise ValueError("The fingerprints in the recipe are none; the file was changed after it was made.")
    return Brought(word, spec, recipe, data, tuple(prints), read_own(recipe.get("own", {})))


def read_spec(word: str, values: object) -> Sampling:
    """Spec of an experiment from plain data, validated; ``ValueError`` with one sentence if it cannot be."""
    refusals = []
    for place in SPECS[word]:
        module, _, name = place.partition(":")
        try:
            spec = build(getattr(import_module(module), name), values)
        except ValueError as refusal:
            refusals.append(refusal)
            continue
        check_model(spec.model)
        return spec.validate()
    raise refusals[0]


def check_model(name: str) -> None:
    """Raise ``ValueError`` unless this model is here; a file never names a folder or fetches one."""
    here = ["babel", *(model.name for model in shelf.models())]
    if name not in here:
        raise ValueError(
            f"The file was made with the model {name[:SHOWN]!r}, which is not here; "
            f"there are {', '.join(here)}."
        )


def _is_print(text: object) -> bool:
    return isinstance(text, str) and re.fullmatch("[0-9a-f]{16}", text) is not None


def read_own(values: object) -> dict[str, np.ndarray]:
    """Pictures that a recipe of the latents room carries along, checked like any upload."""
    if not isinstance(values, dict) or len(values) > OWN_MOST:
        raise ValueError("The recipe's own pictures are none; the file was changed after it was made.")
    own = {}
    for name, text in values.items():
        try:
            picture = uploads.read_picture(b64decode(str(text), validate=True), "a picture in the recipe")
        except binascii.Error:
            raise ValueError("A picture in the recipe is damaged; bring the file once more.") from None
        if fingerprint(picture) != name:
            raise ValueError("A picture in the recipe is not the one it says; the file was changed.")
        own[name] = picture
    return own


def tell_own(own: Mapping[str, np.ndarray]) -> dict[str, str]:
    """Pictures that were brought as text for a recipe, so that one file is enough."""
    return {name: b64encode(png(picture)).decode() for name, picture in own.items()}


def reopened(spec: Spec, defaults: dict) -> Spec:
    """The spec with what equals the model's own settings left open, as the pages have it."""
    names = ("steps", "guidance", "scheduler")
    opened: dict[str, Any] = {name: None for name in names if getattr(spec, name) == defaults[name]}
    return replace(spec, **opened)


def render(model: Model, brought: Brought, cancelled, progress) -> Iterator[np.ndarray]:
    """Render a file's recipe again: every picture its room shows, in the room's order."""
    spec: Any = brought.spec  # of the class that the word names
    word = brought.experiment
    if word == "latents":
        from lab.diffusion.latents import looks, parcel

        for item in looks.render_spec(model, spec, brought.own, None, cancelled, progress):
            yield from parcel.images(item)
    elif word == "librarian":
        from lab.diffusion.librarian.bringing import bring_pictures

        yield from (item.image for item in bring_pictures(model, spec, cancelled, progress))
    elif word == "anatomy":
        from lab.diffusion.anatomy.recording import record

        shown = (getattr(piece, "picture", None) for piece in record(model, spec, cancelled, progress))
        yield from (image for image in shown if image is not None)
    else:
        verb = import_module(f"lab.diffusion.{word}").render_spec
        extra = {"first": 0} if word == "variations" else {}
        yield from (item.image for item in verb(model, spec, cancelled, progress, **extra))
