"""Frames that were rendered once are not rendered again: a store by content, in memory and on disk.

The key of a frame is the hash of everything its picture depends on, so equal keys mean equal bits: a walk
with more frames, another third prompt, or a run that was broken off takes from the store what it has. Both
parts are bounded, and what was used longest ago goes first.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image

from lab import compute

if TYPE_CHECKING:
    from torch import Tensor

    from lab.diffusion.model import Model

VARIABLE = "LATENT_LIBRARY_CACHE"
DISK_BYTES, MEMORY_BYTES = 512 * 2**20, 64 * 2**20


def cache_folder() -> Path:
    """Where frames are kept on this machine: what LATENT_LIBRARY_CACHE names, or the user's cache."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(os.environ.get(VARIABLE) or Path(base) / "latent-library") / "frames"


class Store:
    """Pictures by key.

    Parameters
    ----------
    folder : Path, optional
        On disk; nothing is written without one.
    disk_bytes, memory_bytes : int
        Bounds.

    Attributes
    ----------
    trouble : str
        Why the last picture could not be written to the disk, one sentence; nothing if it was.
    """

    def __init__(
        self, folder: Path | None = None, disk_bytes: int = DISK_BYTES, memory_bytes: int = MEMORY_BYTES
    ):
        self.folder, self.disk_bytes, self.memory_bytes = folder, disk_bytes, memory_bytes
        self.trouble = ""
        self._held: OrderedDict[str, np.ndarray] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str) -> np.ndarray | None:
        """The picture of a key, of shape (H, W, 3), uint8; None if it is not there or its file is broken."""
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        picture = self._read(key)
        if picture is not None:
            self._hold(key, picture)
        return picture

    def put(self, key: str, picture: np.ndarray) -> None:
        """Keep a picture; on disk it appears whole or not at all, whatever happens meanwhile."""
        self._hold(key, picture)
        if self.folder is None:
            return
        try:
            _write(self.folder, key, picture)
        except OSError as error:  # a full or read-only disk: the frame is rendered again next time
            reason = error.strerror or type(error).__name__
            self.trouble = f"Frames are not kept for next time, since the disk takes none: {reason}."
            return
        self.trouble = ""
        with suppress(OSError):  # another process may have removed the same file first
            self._shrink(self.folder)

    def _hold(self, key: str, picture: np.ndarray) -> None:
        with self._lock:
            self._held[key] = picture
            while sum(held.nbytes for held in self._held.values()) > self.memory_bytes:
                self._held.popitem(last=False)

    def _read(self, key: str) -> np.ndarray | None:
        path = None if self.folder is None else self.folder / f"{key}.png"
        if path is None or not path.is_file():
            return None
        try:
            with Image.open(path, formats=["PNG"]) as stored:
                picture = np.array(stored.convert("RGB"))
        except (OSError, SyntaxError, ValueError):
            return None
        with suppress(OSError):  # what may only be read is as good
            path.touch()
        return picture

    def _shrink(self, folder: Path) -> None:
        """Remove the files that were used longest ago until the rest is within the bound."""
        files = [(file.stat(), file) for file in folder.glob("*.p*")]
        total = sum(stat.st_size for stat, _ in files)
        for stat, file in sorted(files, key=lambda pair: pair[0].st_mtime):
            if total <= self.disk_bytes:
                return
            file.unlink(missing_ok=True)
            total -= stat.st_size


def _write(folder: Path, key: str, picture: np.ndarray) -> None:
    """Write a picture in one piece; where that fails, nothing of it stays."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, suffix=".part", delete=False) as part:
        try:
            Image.fromarray(picture).save(part, "PNG", compress_level=1)
            part.close()  # what is still held back has to fit as well
            os.replace(part.name, folder / f"{key}.png")
        except OSError:
            os.unlink(part.name)
            raise


def key_of(model: Model, embedding: Tensor, noise: Tensor | None, sampling: dict) -> str:
    """Hash of all that a picture depends on.

    Parameters
    ----------
    model : Model
        Its weights, device, number format and rows count.
    embedding : Tensor of shape (tokens, width)
    noise : Tensor of shape (channels, height, width), optional
        Initial noise in the seed's place.
    sampling : dict
        Seed, steps, guidance, scheduler, negative prompt.
    """
    facts = sampling | {
        "model": model.hash,
        "device": compute.describe(model.device),
        "dtype": str(model.unet.dtype),
        "rows": model.rows,
        "schedule": model.scheduler_config,
        "torch": compute.version("torch"),
    }
    digest = hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode())
    for tensor in (embedding, noise):
        digest.update(
            b"-" if tensor is None else tensor.detach().float().cpu().contiguous().numpy().tobytes()
        )
    return digest.hexdigest()[:40]


def through(
    store: Store, count: int, key: Callable[[int], str], render: Callable[[list[int]], Iterator[np.ndarray]]
) -> Iterator[np.ndarray]:
    """``count`` pictures in order: those in the store from there, the others rendered and kept.

    Parameters
    ----------
    store : Store
    count : int
    key : callable
        Gives the key of a number; asked again after its picture, as the rows in it may change when memory
        runs out.
    render : callable
        Takes the numbers of the missing pictures, yields them in order; ends early when it is cancelled.
    """
    found = {number: store.get(key(number)) for number in range(count)}
    missing = [number for number, picture in found.items() if picture is None]
    fresh = render(missing) if missing else iter(())
    for number in range(count):
        picture = found[number]
        if picture is None:
            picture = next(fresh, None)
            if picture is None:
                return
            store.put(key(number), picture)
        yield picture
