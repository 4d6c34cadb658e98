"""The training set: drawings on disk as bytes, scenes re-made from numbers, captions worded anew each time.

Scene i of a split is a pure function of `(split, i)`, so nothing but the pixels is stored. Held-out
combinations of attributes are never in the training split and are all that the held-out split contains. The
classifier's split has every combination as often as chance has it, for what measures must know all alike;
nothing in it is blended, and every other scene shows somebody with a name who is not near.
"""

from __future__ import annotations

from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import count, islice
from pathlib import Path

import numpy as np
from tqdm import tqdm

from lab.babel.illustrator import (
    SIZE,
    Passage,
    Scene,
    caption,
    draw,
    draw_passage,
    held_out,
    sample,
    sample_passage,
    small_person,
    unblended,
)

CLASSIFIER = "classifier"
SPLITS = {"train": 0, "valid": 1, "held_out": 2, CLASSIFIER: 4}  # numbers of their random streams
PASSAGE_STREAM = 3
PASSAGES = "passages"  # beside the splits: pictures on the way between two training scenes
CHUNK = 1000


def scene(split: str, index: int) -> Scene:
    """Return scene `index` of a split: the first draw of its own random stream that belongs to the split."""
    for attempt in count():
        found = sample(np.random.default_rng([SPLITS[split], index, attempt]))
        if split == CLASSIFIER:
            found = unblended(found)
        if _belongs(found, split, index):
            return found
    raise AssertionError("numbers do not end")


def _belongs(found: Scene, split: str, index: int) -> bool:
    if split == CLASSIFIER:
        return index % 2 == 0 or small_person(found)
    return held_out(found) == (split == "held_out")


def scenes(split: str, number: int) -> list[Scene]:
    """Return the first `number` scenes of a split."""
    return [scene(split, i) for i in range(number)]


def unblended_scenes(split: str, number: int) -> list[Scene]:
    """The first `number` scenes of a split that stay in it when nothing in them is half and half."""
    plain = (unblended(scene(split, i)) for i in count())
    return list(islice((s for s in plain if held_out(s) == (split == "held_out")), number))


def passages(number: int) -> list[Passage]:
    """The first `number` passages, each a pure function of its index."""
    return [passage(i) for i in range(number)]


def passage(index: int) -> Passage:
    """Passage `index`, between scenes that training may see."""
    return sample_passage(np.random.default_rng([PASSAGE_STREAM, index]))


def picture(split: str, index: int) -> np.ndarray:
    """Draw picture `index` of a split or of the passages: uint8 (SIZE, SIZE, 3)."""
    return draw_passage(passage(index)) if split == PASSAGES else draw(scene(split, index), SIZE)


def captions(found: list[Scene], rng: np.random.Generator) -> list[str]:
    """Word each scene once more."""
    return [caption(s, rng) for s in found]


def _draw_chunk(folder: Path, split: str, numbers: range) -> None:
    path = folder / f"{split}_{numbers.start:07d}.npy"
    if path.exists() and len(np.load(path, mmap_mode="r")) >= len(numbers):
        return
    pictures = np.stack([picture(split, i) for i in numbers])
    unfinished = path.with_suffix(".part.npy")
    np.save(unfinished, pictures)
    unfinished.rename(path)


def draw_corpus(folder: Path, split: str, number: int, workers: int = 2) -> None:
    """Draw the first `number` pictures of a split in chunks of 1000 at most; finished chunks stay."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [range(start, min(start + CHUNK, number)) for start in range(0, number, CHUNK)]
    with ProcessPoolExecutor(workers) as pool:
        chunks = pool.map(partial(_draw_chunk, folder, split), wanted)
        list(tqdm(chunks, total=len(wanted), desc=f"drawing {split}", unit="k"))


def shrink(pictures: np.ndarray, size: int) -> np.ndarray:
    """Average uint8 pictures (n, SIZE, SIZE, 3) over squares of pixels down to (n, size, size, 3)."""
    n, by = len(pictures), pictures.shape[1] // size
    squares = pictures.reshape(n, size, by, size, by, 3)
    return np.rint(squares.mean((2, 4), dtype=np.float32)).astype(np.uint8)


def pictures(folder: Path, split: str, number: int, size: int) -> np.ndarray:
    """Read the first `number` pictures of a split: uint8 ndarray of shape (number, size, size, 3)."""
    chunks = (np.load(folder / f"{split}_{start:07d}.npy") for start in range(0, number, CHUNK))
    return np.concatenate([shrink(chunk, size) for chunk in chunks])[:number]
