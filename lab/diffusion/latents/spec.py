"""What is asked of the latents room: which pictures, which look at them, which expression.

A picture is a prompt that the model draws, or one that a visitor brought, named by the digest of its pixels.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from lab.diffusion import family
from lab.diffusion import folder as folders
from lab.diffusion.latents.expression import parse
from lab.diffusion.latents.syntax import Node, channels_named
from lab.diffusion.spec import Sampling, check_choice, check_count, check_length

VIEWS = {
    "negative": "Minus a picture",
    "calculator": "Calculator",
    "blend": "Blend two",
    "colours": "Colours without a decoder",
    "noise": "Noise",
    "channels": "Channels",
}
LETTERS = "abcdef"
COUNT_LEAST, COUNT_MOST = 3, 12
OWN = "own:"


@dataclass(frozen=True)
class LatentsSpec(Sampling):
    """Pictures and what is done with their latents.

    Parameters
    ----------
    pictures : tuple of str
        1 to 6, called a to f: prompts, or ``own:`` and the 16 digits of a picture that was brought.
    view : str
        One of :data:`VIEWS`.
    expression : str
        Of the calculator.
    count : int
        Pictures of a blend or of a row of noise levels, both ends included.
    seed, steps, guidance, scheduler, negative, model
        As in :class:`~lab.diffusion.spec.MorphSpec`; all prompts are drawn from one noise.
    """

    pictures: tuple[str, ...]
    view: str = "negative"
    expression: str = "-a"
    count: int = 7
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> LatentsSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_pictures(self.pictures)
        check_choice("view", self.view, VIEWS)
        check_count("pictures in a row", self.count, COUNT_LEAST, COUNT_MOST)
        self.check_manner()
        check_channels(self.tree(), self.model)
        if self.view == "blend" and len(self.pictures) < 2:
            raise ValueError("A blend needs two pictures, but there is one; add a picture.")
        return self

    @property
    def names(self) -> tuple[str, ...]:
        """Letters of the pictures."""
        return tuple(LETTERS[: len(self.pictures)])

    def tree(self) -> Node:
        """Syntax tree of the expression; ``ValueError`` with one sentence if it has none."""
        return parse(self.expression, self.names)

    @property
    def prompts(self) -> tuple[str, ...]:
        """The pictures that the model draws."""
        return tuple(picture for picture in self.pictures if not brought(picture))

    @property
    def drawn(self) -> int:
        """How many pictures the network draws, those of a blend's morph included."""
        between = self.count - 2 if self.view == "blend" and not any(map(brought, self.pictures[:2])) else 0
        return len(set(self.prompts)) + between


def brought(picture: str) -> str:
    """Digest of a picture that a visitor brought; nothing for a prompt."""
    match = re.fullmatch(rf"{OWN}([0-9a-f]{{16}})", picture)
    return match[1] if match else ""


def check_pictures(pictures: tuple[str, ...]) -> None:
    """Raise ``ValueError`` unless there are 1 to 6 pictures, no prompt empty or endless."""
    if isinstance(pictures, str) or not 1 <= len(pictures) <= len(LETTERS):
        count = "one text" if isinstance(pictures, str) else f"{len(pictures)}"
        raise ValueError(f"There can be 1 to {len(LETTERS)} pictures, but there are {count}.")
    for letter, picture in zip(LETTERS, pictures, strict=False):
        check_length(picture, f"Picture {letter}")
        if not picture.strip():
            raise ValueError(f"Picture {letter} is empty; write what it shows, or take it out.")


def check_channels(tree: Node, model: str) -> None:
    """Raise ``ValueError`` if an expression asks for a channel that the model's latents do not have."""
    asked = channels_named(tree)
    count = latent_channels(folders.locate(model))
    if count and asked and asked[-1] >= count:
        raise ValueError(
            f"There is no channel {asked[-1]}: the latents of {model} have {count}, 0 to {count - 1}."
        )


def latent_channels(folder: Path) -> int:
    """Channels of a model's latents, from the configuration of its autoencoder; 0 where it cannot be read."""
    return family.read_small(folder / "vae" / "config.json").get("latent_channels", 0)


def picture_size(folder: Path) -> tuple[int, int]:
    """Width and height of a model's pictures, from its configuration; 512 each where it cannot be read."""
    unet, vae = (family.read_small(folder / part / "config.json") for part in ("unet", "vae"))
    if "sample_size" not in unet or "block_out_channels" not in vae:
        return 512, 512
    side, levels = unet["sample_size"], vae["block_out_channels"]
    height, width = (side, side) if isinstance(side, int) else side
    return width * 2 ** (len(levels) - 1), height * 2 ** (len(levels) - 1)
