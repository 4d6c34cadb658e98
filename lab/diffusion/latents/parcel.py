"""Results as pictures and plain data, for a file: pack them, and unpack them from what the file gave back.

Pictures of full size become frames; small arrays are kept as bytes, numbers as they are. What comes back is
the same results, floats in arrays rounded to a 254th of their range.
"""

from __future__ import annotations

import base64
import math
from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass
from typing import Any, TypeGuard

import numpy as np

from lab.diffusion.difference import Difference
from lab.diffusion.latents import results

KINDS: dict[str, Callable[..., object]] = {
    kind.__name__: kind
    for kind in (
        Difference,
        results.Source,
        results.Answer,
        results.Mirror,
        results.Negative,
        results.Colours,
        results.Between,
        results.Noised,
    )
}


def images(value: object) -> list[np.ndarray]:
    """Every picture of full size inside results, in order, uint8 of shape (H, W, 3)."""
    if is_frame(value):
        return [value]
    if isinstance(value, results.Colours):
        return []
    if is_dataclass(value):
        return images([getattr(value, each.name) for each in fields(value)])
    return [image for each in value for image in images(each)] if isinstance(value, list | tuple) else []


def pack(value: object, frames: list[np.ndarray] | None) -> object:
    """Results as plain data that JSON can hold; their pictures are appended to `frames`."""
    if is_frame(value) and frames is not None:
        frames.append(value)
        return {"frame": len(frames) - 1}
    if isinstance(value, np.ndarray):
        return packed_array(value)
    if is_dataclass(value):
        kept = None if isinstance(value, results.Colours) else frames  # its thumbnails lie with the numbers
        inside = {each.name: pack(getattr(value, each.name), kept) for each in fields(value)}
        return {"kind": type(value).__name__, **inside}
    if isinstance(value, list | tuple):
        return [pack(each, frames) for each in value]
    if isinstance(value, float) and not math.isfinite(value):
        return {"number": str(value)}
    return round(value, 5) if isinstance(value, float) else value


def unpack(told: object, frames: Sequence[np.ndarray]) -> Any:
    """Results from what :func:`pack` made of them."""
    if isinstance(told, list):
        return tuple(unpack(each, frames) for each in told)
    if not isinstance(told, dict):
        return told
    if "frame" in told:
        return frames[told["frame"]]
    if "number" in told:
        return float(told["number"])
    if "shape" in told:
        return unpacked_array(told)
    inside = {name: unpack(each, frames) for name, each in told.items() if name != "kind"}
    return KINDS[told["kind"]](**inside)


def is_frame(value: object) -> TypeGuard[np.ndarray]:
    """Whether a value is a picture, uint8 of shape (H, W, 3)."""
    return (
        isinstance(value, np.ndarray) and value.dtype == np.uint8 and value.ndim == 3 and value.shape[2] == 3
    )


def packed_array(array: np.ndarray) -> dict:
    """An array as text: uint8 as it is, floats as signed bytes of a common scale."""
    if array.dtype == np.uint8:
        scale, small = 0.0, array
    else:
        scale = float(np.abs(array).max(initial=0)) / 127 or 1.0
        small = np.rint(array / scale).astype(np.int8)
    text = base64.b64encode(np.ascontiguousarray(small).tobytes()).decode()
    return {"shape": list(array.shape), "scale": scale, "bytes": text}


def unpacked_array(told: dict) -> np.ndarray:
    """The array that :func:`packed_array` packed."""
    raw = base64.b64decode(told["bytes"])
    if not told["scale"]:
        return np.frombuffer(raw, np.uint8).reshape(told["shape"])
    return np.frombuffer(raw, np.int8).reshape(told["shape"]).astype(np.float32) * told["scale"]
