"""The call number of a picture: prompt, seed, sampling, and the moves that lead away from them.

A move takes a small step: towards a word, in a random direction of the embedding space, or on the sphere of
initial noise. None of the three runs away, however often it is repeated: words are approached on a straight
line, noise is turned on a great circle, and the random deviation of the embedding is turned too, so that its
size never exceeds that of the cloud of variations around a prompt, in the model's own unit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from lab.compute import check_seed, generator
from lab.diffusion.folder import embedding_unit
from lab.diffusion.spec import (
    Sampling,
    check_choice,
    check_number,
    check_prompt,
)

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model

KINDS = {
    "word": "towards another word",
    "embedding": "a random direction of the embedding",
    "noise": "along the sphere of the initial noise",
}
WORD_STEP = 0.15  # of the way to the word's own embedding
NOISE_STEP = 0.25  # of the way to a noise drawn afresh, on the great circle
EMBEDDING_STEP = 0.7  # share of the deviation that is drawn afresh
CLOUD = 0.02 / 3**0.5  # deviation of a long walk of variations, in the model's unit
SIZE_MOST = 2.0
MOVES_MOST = 64
WRITTEN = re.compile(r"([wen])(\d{1,3})-([^~]{1,40})")
LETTERS = {kind[0]: kind for kind in KINDS}


@dataclass(frozen=True)
class Move:
    """A small step from a picture to a neighbour.

    Parameters
    ----------
    kind : {"word", "embedding", "noise"}
    size : float
        In steps of that kind, 0 to 2, in hundredths.
    seed : int
        Of the random direction; not read for a word.
    word : str
        Read for a word alone.
    """

    kind: str
    size: float = 1.0
    seed: int = 0
    word: str = ""

    def validate(self) -> Move:
        """Return the move itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_choice("kind of move", self.kind, KINDS)
        check_number("size of a move", self.size, 0, SIZE_MOST)
        check_seed(self.seed)
        if self.kind == "word" and not re.fullmatch(r"[\w'’-]{1,40}", self.word):
            raise ValueError(
                f"The move goes towards {self.word!r}, but it must be one word of up to 40 letters."
            )
        return self

    def __str__(self) -> str:
        """The move as it stands in a link: ``w100-fog``, ``e50-1234``, ``n100-99``."""
        return f"{self.kind[0]}{round(100 * self.size)}-{self.word if self.kind == 'word' else self.seed}"

    @classmethod
    def read(cls, text: str) -> Move:
        """The move that ``str`` wrote; ``ValueError`` if it is none."""
        found = WRITTEN.fullmatch(text)
        if not found:
            raise ValueError(
                f"The move is {text[:40]!r}, but it must look like w100-fog, e50-1234 or n100-99."
            )
        letter, percent, target = found.groups()
        own = {"word": target} if letter == "w" else {"seed": int(target) if target.isdecimal() else -1}
        return cls(LETTERS[letter], int(percent) / 100, **own).validate()


@dataclass(frozen=True)
class PictureSpec(Sampling):
    """One picture.

    Parameters
    ----------
    prompt : str
    moves : tuple of Move
        Steps away from the prompt's embedding and the seed's noise, in their order; none: the prompt itself.
    seed : int
        Of the initial noise, and of the noise that euler_a and lcm add at each step.
    steps, guidance, scheduler : optional
        ``None`` takes what looks good on the model in the fewest steps.
    negative : str
        Prompt of the unconditional pass.
    model : str
        Name or folder of the model.
    """

    prompt: str
    moves: tuple[Move, ...] = ()
    seed: int = 42
    steps: int | None = None
    guidance: float | None = None
    scheduler: str | None = None
    negative: str = ""
    model: str = "babel"

    def validate(self) -> PictureSpec:
        """Return the spec itself, or raise ``ValueError`` with the value, the limit and the mend."""
        check_prompt(self.prompt)
        self.check_manner()
        if len(self.moves) > MOVES_MOST:
            raise ValueError(f"There are {len(self.moves)} moves, the limit is {MOVES_MOST}; go back a few.")
        for move in self.moves:
            move.validate()
        return self

    @classmethod
    def from_recipe(cls, values: Mapping) -> PictureSpec:
        """The spec that a recipe holds as plain data."""
        names = {field.name for field in fields(cls)}
        known = {name: value for name, value in values.items() if name in names}
        moves = tuple(Move(**move) if isinstance(move, Mapping) else move for move in known.pop("moves", ()))
        return cls(**known, moves=moves).validate()


def single(spec: Sampling) -> dict:
    """What every spec of this room shares with the picture's: seed, sampling, model."""
    names = ("seed", "steps", "guidance", "scheduler", "negative", "model")
    return {name: getattr(spec, name) for name in names}


def embedding(model: Model, spec: PictureSpec) -> Tensor:
    """Embedding of shape ``(tokens, width)`` at the end of the moves, float32."""
    import torch

    (place,) = model.embed([spec.prompt])  # (T, W)
    away, cloud = torch.zeros_like(place), CLOUD * embedding_unit(model.folder)
    for move in spec.moves:
        if move.kind == "word":
            place = torch.lerp(place, model.embed([move.word])[0], min(1.0, WORD_STEP * move.size))
        elif move.kind == "embedding":
            fresh = torch.randn(place.shape, generator=generator(move.seed), dtype=torch.float32)
            share = min(1.0, EMBEDDING_STEP * move.size)
            away = (1 - share**2) ** 0.5 * away + share * cloud * fresh.to(place)
    return place + away


def initial_noise(model: Model, spec: PictureSpec) -> Tensor:
    """Initial noise of shape ``(channels, height, width)`` at the end of the moves, float32, on the CPU."""
    from lab.diffusion import paths, sampling

    drawn = {
        seed: sampling.initial_noise(generator(seed), model.latent_shape).flatten()
        for seed in {spec.seed, *(move.seed for move in spec.moves if move.kind == "noise")}
    }
    place = drawn[spec.seed]
    for move in spec.moves:
        if move.kind == "noise":
            place = paths.slerp(place, drawn[move.seed], min(1.0, NOISE_STEP * move.size))
    return place.reshape(model.latent_shape)
