"""A single file of weights, read without running anything that is in it.

``.safetensors`` holds tensors and nothing else. A ``.ckpt`` is a pickle: torch's weights-only loader builds
tensors and containers from it and refuses whatever would call a function. The first files of Stable Diffusion
also name a class of the trainer that wrote them and a few numpy scalars; those become empty stand-ins.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

SUFFIXES = (".safetensors", ".ckpt")
TRAINER_NAMES = (
    "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
    "pytorch_lightning.callbacks.early_stopping.EarlyStopping",
    "numpy.core.multiarray.scalar",
    "numpy._core.multiarray.scalar",
    "numpy.dtype",
)


class Ignored:
    """Stands in for what a trainer left in its file beside the weights; takes anything, keeps nothing."""

    def __new__(cls, *arguments, **named):  # noqa: D102
        return super().__new__(cls)

    def __setstate__(self, state):
        """Forget the state."""


def read(path: Path) -> dict[str, Tensor]:
    """Tensors of a single file by name, on the CPU.

    Raises
    ------
    ValueError
        One sentence, if the file is not what its name says, is cut off, or holds code.
    """
    if path.suffix not in SUFFIXES:
        raise ValueError(
            f"{path.name!r} is no file of weights; take one that ends in {' or '.join(SUFFIXES)}."
        )
    state = _safetensors(path) if path.suffix == ".safetensors" else _pickled(path)
    while isinstance(state.get("state_dict"), dict):
        state = state["state_dict"] | {"global_step": state.get("global_step")}
    return {name: value for name, value in state.items() if _is_tensor(value) or name == "global_step"}


def _safetensors(path: Path) -> dict:
    from safetensors import SafetensorError
    from safetensors.torch import load_file

    try:
        return load_file(path)
    except (SafetensorError, OSError, ValueError) as error:
        raise ValueError(
            f"{path.name!r} cannot be read as safetensors ({_reason(error)}); "
            "it is cut off or something else under that name, so fetch it again."
        ) from None


def _pickled(path: Path) -> dict:
    import torch

    stand_ins: list[Callable[..., Any] | tuple[Callable[..., Any], str]] = [
        (Ignored, name) for name in TRAINER_NAMES
    ]
    mapped = {"mmap": True} if zipfile.is_zipfile(path) else {}
    try:
        with torch.serialization.safe_globals(stand_ins):
            state = torch.load(path, map_location="cpu", weights_only=True, **mapped)
    except (
        Exception
    ) as error:  # a stranger's bytes: whatever they do to the reader, the answer is one sentence
        raise ValueError(_refusal(path, error)) from None
    if not isinstance(state, dict):
        raise ValueError(f"{path.name!r} holds a {type(state).__name__} where weights by name should be.")
    return state


def _refusal(path: Path, error: Exception) -> str:
    """Why a pickle was not read: it wants to call something, or it is cut off."""
    if "Unsupported global" in str(error) or "Unsupported class" in str(error):
        return (
            f"{path.name!r} holds more than weights, and loading it could run code; "
            "it was not opened. Take the .safetensors file of the same model."
        )
    return (
        f"{path.name!r} cannot be read ({_reason(error)}); it is cut off or no checkpoint, so fetch it again."
    )


def _reason(error: Exception) -> str:
    """First words of an error, short enough for a sentence."""
    first = next(iter(str(error).strip().splitlines()), type(error).__name__)
    return first.split(". ")[0].rstrip(".")[:80]


def _is_tensor(value: object) -> bool:
    import torch

    return isinstance(value, torch.Tensor)
