"""An anatomy for the browser: every tensor as bytes with its scale, every picture as a JPEG.

A byte holds a number to 1/127 of the largest one of its tensor and step; the browser paints them with the
colours of the theme, so nothing is rendered when a visitor scrubs.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.diffusion.anatomy import Anatomy, Moment
from lab.diffusion.anatomy.colours import small_picture
from lab.figures.morph import encode

MAP_SIDE = 32  # positions a side of the attention maps that are sent
STEP_TENSORS = ("latents", "unconditional", "conditional", "difference", "prediction", "clean")


@dataclass(frozen=True, eq=False)
class Plane:
    """A tensor for the browser: (frames, channels, height, width) bytes, and what 127 stands for in each."""

    shape: tuple[int, int, int, int]
    scales: list
    data: bytes


@dataclass(frozen=True, eq=False)
class Scene:
    """Everything that the diagram shows.

    Parameters
    ----------
    planes : dict of str to Plane
    words : list of dict
        What attention is told for: marks, words and padding, with the numbers of their tokens.
    pictures : list of bytes
        Predicted x0 of each step, JPEG; by the affine map where the decoder was not asked.
    picture : bytes or None
        The finished one.
    """

    planes: dict[str, Plane]
    words: list[dict]
    pictures: list[bytes]
    picture: bytes | None


def scene(anatomy: Anatomy) -> Scene:
    """Turn an anatomy, finished or not, into what the browser draws."""
    opening, ending = anatomy.opening, anatomy.ending
    planes = {"embedding": signed(opening.embedding[None, None]), "noise": signed(opening.noise[None])}
    for name in STEP_TENSORS:
        stack = [tensor for moment in anatomy.moments if (tensor := of_step(moment, name)) is not None]
        if stack:
            planes[name] = signed(np.stack(stack))
    words = groups(anatomy)
    if anatomy.moments:
        planes["attention"] = shares(anatomy.attention, [word["tokens"] for word in words])
    if ending:
        planes["final"] = signed(ending.latents[None])
    colours = ending.colours if ending else opening.colours
    pictures = [shown(moment, colours) for moment in anatomy.moments]
    return Scene(planes, words, pictures, encode(ending.picture) if ending else None)


def of_step(moment: Moment, name: str) -> np.ndarray | None:
    """A tensor of a step by name; "difference" is conditional less unconditional."""
    if name != "difference":
        return getattr(moment, name)
    if moment.conditional is None or moment.unconditional is None:
        return None
    return moment.conditional.astype(np.float32) - moment.unconditional


def shown(moment: Moment, colours: np.ndarray | None) -> bytes:
    """Predicted x0 of a step as a JPEG; grey while nothing tells its colours."""
    if moment.picture is not None:
        return encode(moment.picture)
    if colours is None:
        return encode(np.full((*moment.clean.shape[1:], 3), 128, np.uint8))
    return encode(small_picture(moment.clean, colours))


def signed(tensor: np.ndarray) -> Plane:
    """A tensor (frames, channels, height, width) as bytes around 128, each frame to its own scale."""
    tensor = tensor.astype(np.float32)
    scales = np.abs(tensor).max(axis=(1, 2, 3)).clip(1e-6)
    levels = np.rint(tensor / scales[:, None, None, None] * 127) + 128
    return Plane(
        tensor.shape, [round(float(scale), 4) for scale in scales], levels.astype(np.uint8).tobytes()
    )


def shares(attention: np.ndarray, groups: list[list[int]]) -> Plane:
    """Attention (steps, tokens, h, w) summed over groups of tokens, as bytes, each map to its own peak."""
    maps = np.stack([attention[:, own].astype(np.float32).sum(axis=1) for own in groups], axis=1)
    while max(maps.shape[2:]) > MAP_SIDE and not (maps.shape[2] % 2 or maps.shape[3] % 2):
        steps, count, height, width = maps.shape
        maps = maps.reshape(steps, count, height // 2, 2, width // 2, 2).mean(axis=(3, 5))
    peaks = maps.max(axis=(2, 3)).clip(1e-6)
    levels = np.rint(maps / peaks[:, :, None, None] * 255).astype(np.uint8)
    return Plane(maps.shape, np.round(peaks, 5).tolist(), levels.tobytes())


def groups(anatomy: Anatomy) -> list[dict]:
    """Start mark, words, and the padding with the end mark: together all tokens, each once."""
    tokens = anatomy.opening.tokens
    kinds = [token.kind for token in tokens]
    found = [{"text": "start", "kind": "start", "tokens": [0], "taught": True}]
    for text, own in anatomy.words.values():
        found.append({"text": text, "kind": "word", "tokens": own, "taught": tokens[own[0]].taught})
    rest = [number for number, kind in enumerate(kinds) if kind in ("end", "padding")]
    return [*found, {"text": "padding", "kind": "padding", "tokens": rest, "taught": True}]
