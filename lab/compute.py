"""Where arithmetic happens: device, dtype, batch shape and seeds.

The only module that asks for cuda, mps or cpu. It imports torch inside its functions, so a page may read it
for free.

Imported before torch, it also sets the patience of torch's threads: by default a thread waiting for another
one keeps its processor busy for milliseconds, so on a machine with other work two threads starve each other.
With eight other processes on two processors, three denoising steps took over ten seconds by default, 0.9 with
one thread, 1.7 with threads that sleep at once, and 0.6 with the patience set here.

And it bounds the arenas of glibc: each thread of a server may get one, and it keeps what it was once given.
"""

from __future__ import annotations

import ctypes
import functools
import math
import os
import sys
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import torch

DEVICES = ("cpu", "cuda", "mps")
SEED_LIMIT = 2**64
CPU_SHARE = Path("/sys/fs/cgroup/cpu.max")

ARENAS = (-8, 2)  # glibc's M_ARENA_MAX and how many

os.environ.setdefault("GOMP_SPINCOUNT", "20000")
if sys.platform == "linux" and hasattr(ctypes.CDLL(None), "mallopt"):
    ctypes.CDLL(None).mallopt(*ARENAS)


def check_seed(seed: int) -> None:
    """Raise ``ValueError`` unless ``seed`` is one that a torch generator takes: 0 <= seed < 2**64."""
    if isinstance(seed, bool) or not isinstance(seed, int) or not 0 <= seed < SEED_LIMIT:
        raise ValueError(f"The seed is {seed!r}, but it must be a whole number from 0 to {SEED_LIMIT - 1}.")


def generator(seed: int) -> torch.Generator:
    """Random generator on the CPU, whatever the device: one seed means the same noise everywhere."""
    import torch

    check_seed(seed)
    return torch.Generator("cpu").manual_seed(seed)


def choose_device(name: str | None = None) -> torch.device:
    """Device called ``name``, or the fastest one of this machine (cuda, then mps, then cpu).

    Raises
    ------
    ValueError
        If ``name`` is unknown, or names a device that this machine does not have.
    """
    import torch

    here = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    if name is None:
        return torch.device(next(kind for kind, present in here.items() if present))
    kind = str(name).split(":")[0]
    if kind not in here:
        raise ValueError(f"The device {name!r} is unknown; choose one of {', '.join(DEVICES)}.")
    if not here[kind]:
        raise ValueError(f"This machine has no {kind!r} device; choose device='cpu'.")
    return torch.device(name)


def share_processors(quota: Path = CPU_SHARE) -> None:
    """Let torch use no more threads than a container may: it counts the processors of the host.

    On a host of 64 processors with a share of 2, 64 threads would wait for each other.
    """
    import torch

    allowed, period = quota.read_text().split() if quota.is_file() else ("max", "")
    if allowed != "max":
        torch.set_num_threads(min(torch.get_num_threads(), max(1, math.ceil(int(allowed) / int(period)))))


def choose_dtype(device: torch.device) -> torch.dtype:
    """Number format of the weights: float32 on cpu and mps, bfloat16 on a GPU that has it, else float16."""
    import torch

    if device.type != "cuda":
        return torch.float32
    return torch.bfloat16 if torch.cuda.is_bf16_supported() else torch.float16


def batch_rows(device: torch.device, positions: int) -> int:
    """Rows of every UNet call: one fixed number, since kernels, and so the last bits, are chosen by shape.

    A frame is two rows with guidance and one without. Small models on a CPU spend a third of a call of eight
    rows on what does not depend on their number; more rows would only delay the first frame.

    Parameters
    ----------
    device : torch.device
    positions : int
        Height times width of the latents.
    """
    if device.type == "cuda":
        return 32
    return 8 if positions <= 1024 else 2


def is_out_of_memory(error: BaseException) -> bool:
    """Whether a device had no room: CUDA says so by a class of its own, the CPU and mps by a sentence."""
    import torch

    told = ("out of memory", "not enough memory", "can't allocate memory")
    return isinstance(error, torch.OutOfMemoryError) or any(words in str(error) for words in told)


def release() -> None:
    """Give back the memory of what nobody holds any more, the device's too."""
    import gc

    import torch

    gc.collect()
    if hasattr(ctypes.CDLL(None) if sys.platform == "linux" else None, "malloc_trim"):
        ctypes.CDLL(None).malloc_trim(0)
    if torch.cuda.is_available():
        torch.cuda.empty_cache()
    elif torch.backends.mps.is_available():
        torch.mps.empty_cache()


def describe(device: torch.device) -> str:
    """The device in words, for a recipe: ``"cpu, 2 threads"`` or the name of the GPU."""
    import torch

    if device.type == "cuda":
        return torch.cuda.get_device_name(device)
    return f"cpu, {torch.get_num_threads()} threads" if device.type == "cpu" else device.type


@functools.cache
def version(package: str) -> str:
    """Installed version of a package.

    Looked for along a copy of the search path: pages in other threads add to it and take from it meanwhile,
    and who walks along the list itself can then miss the folder that holds the package.
    """
    found = next(iter(metadata.distributions(name=package, path=list(sys.path))), None)
    if found is None:
        raise metadata.PackageNotFoundError(package)
    return found.version
