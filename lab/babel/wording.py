"""What the denoiser and its few steps are told while they learn: which scenes, how worded, between which."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor
from transformers import CLIPTextModel, CLIPTokenizer

from lab.babel.illustrator import Scene, blended, caption, small_person, whole_caption
from lab.babel.tokenizer import tokenize

PASSAGE_SHARE = 0.3  # of each batch
WHOLE_SHARE = 0.4  # of the captions say everything that shows
SMALL_PEOPLE = 3.0  # how often, of 1, a scene is seen in which somebody with a name is not near


def chances(scenes: list[Scene]) -> np.ndarray:
    """Probabilities (n,) of scenes to be seen next: small people are the hardest and come more often."""
    often = np.where([small_person(scene) for scene in scenes], SMALL_PEOPLE, 1.0)
    return often / often.sum()


def worded(scenes: list[Scene], rng: np.random.Generator) -> list[str]:
    """Word each scene, a share of those without blends by all that shows."""
    return [
        whole_caption(scene, rng)
        if not blended(scene) and rng.random() < WHOLE_SHARE
        else caption(scene, rng)
        for scene in scenes
    ]


def between(embeddings: Tensor, shares: Tensor) -> Tensor:
    """Go from the first half of embeddings (2 n, tokens, width) to the second by shares (n,)."""
    start, end = embeddings.chunk(2)
    return torch.lerp(start, end, shares[:, None, None].to(start))


@dataclass(frozen=True, eq=False)
class Wording:
    """Scenes, and the trained text encoder that reads their captions."""

    scenes: list[Scene]
    tokenizer: CLIPTokenizer
    text: CLIPTextModel

    @cached_property
    def often(self) -> np.ndarray:
        """Probabilities of the scenes."""
        return chances(self.scenes)

    def some(self, number: int, rng: np.random.Generator) -> list[Scene]:
        """Random scenes."""
        return [self.scenes[i] for i in rng.choice(len(self.scenes), number, p=self.often)]

    def conditions(self, number: int, rng: np.random.Generator) -> tuple[Tensor, list[Scene | None]]:
        """Embeddings of random captions, (n, tokens, width), and what they are of.

        A share of them lies on the way between two captions, and is of no scene.
        """
        walked = round(PASSAGE_SHARE * number)
        shares = torch.from_numpy(rng.random(walked))
        scenes, ends = self.some(number - walked, rng), self.some(2 * walked, rng)
        of_scenes, of_ends = (self.embed(worded(each, rng)) for each in (scenes, ends))
        return torch.cat([of_scenes, between(of_ends, shares)]), [*scenes, *(None for _ in shares)]

    @torch.no_grad()
    def embed(self, captions: list[str]) -> Tensor:
        """Embeddings of captions, (n, tokens, width)."""
        return self.text(input_ids=tokenize(self.tokenizer, captions)).last_hidden_state
