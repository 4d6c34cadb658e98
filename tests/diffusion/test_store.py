"""The store of frames: nothing is rendered twice, bounded, whole after a crash."""

import os
import resource
import signal
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from lab.diffusion import MorphSpec, morph
from lab.diffusion.morph import render_spec
from lab.diffusion.store import Store, key_of

PROMPTS = ("a cat", "a dog", "rain and snow")
QUICK = {"steps": 2, "scheduler": "ddim", "guidance": 1.0}


@pytest.fixture
def count(small):
    """Pictures that the model has decoded."""
    calls = []
    hook = small.vae.decoder.register_forward_pre_hook(lambda *arguments: calls.append(1))
    yield lambda: len(calls)
    hook.remove()


def images(model, spec, store):
    return [frame.image for frame in render_spec(model, spec, store=store)]


@pytest.mark.parametrize(
    "changes, rendered",
    [
        ({}, 0),
        ({"frames": 14}, 7),  # 8 frames become 15
        ({"loop": "pingpong"}, 0),
        ({"hold": 3}, 0),
        ({"prompts": ("a cat", "rain")}, 7),  # all but the first
        ({"seed": 43}, 8),
        ({"steps": 1}, 8),
        ({"scheduler": "euler_a"}, 8),
    ],
)
def test_only_what_is_new_is_rendered(small, count, changes, rendered):
    store, spec = Store(), MorphSpec(PROMPTS[:2], 7, "none", **QUICK, model=small.name)
    images(small, spec, store)
    assert count() == 8
    other = replace(spec, **changes)
    kept = images(small, other, store)
    assert count() - 8 == rendered
    assert np.array_equal(kept, images(small, other, Store()))


def test_a_changed_third_prompt_keeps_the_first_segment_and_the_way_back_is_free(small, count):
    store, spec = Store(), MorphSpec(PROMPTS, 4, "none", **QUICK, model=small.name)
    images(small, spec, store)
    before = count()
    images(small, replace(spec, prompts=(*PROMPTS[:2], "a library")), store)
    assert count() - before == 4
    images(small, spec, store)
    assert count() - before == 4


def test_frames_come_back_from_the_disk_bit_by_bit(small, tmp_path, count):
    spec = MorphSpec(PROMPTS[:2], 4, "none", **QUICK, model=small.name)
    first = images(small, spec, Store(tmp_path))
    before = count()
    assert np.array_equal(first, images(small, spec, Store(tmp_path))) and count() == before


def test_a_broken_file_is_rendered_again(small, tmp_path, count):
    spec = MorphSpec(PROMPTS[:2], 4, "none", **QUICK, model=small.name)
    first = images(small, spec, Store(tmp_path))
    files = sorted(tmp_path.glob("*.png"))
    files[0].write_bytes(files[0].read_bytes()[:100])
    files[1].write_text("no picture")
    before = count()
    assert np.array_equal(first, images(small, spec, Store(tmp_path))) and count() - before == 2


def picture(seed):
    return np.random.default_rng(seed).integers(0, 256, (16, 16, 3), dtype=np.uint8)


def test_the_disk_and_the_memory_are_bounded_and_the_oldest_goes_first(tmp_path):
    store = Store(tmp_path, disk_bytes=5000, memory_bytes=2000)
    for number in range(12):
        store.put(f"{number:02d}", picture(number))
        os.utime(tmp_path / f"{number:02d}.png", (number, number))
    names = sorted(path.stem for path in tmp_path.glob("*.png"))
    assert sum(path.stat().st_size for path in tmp_path.iterdir()) <= 5000
    assert names == [f"{number:02d}" for number in range(12 - len(names), 12)] and len(names) >= 3
    assert sum(held.nbytes for held in store._held.values()) <= 2000


def test_what_was_used_last_stays(tmp_path):
    store = Store(None, memory_bytes=3 * 768)
    for number in range(3):
        store.put(str(number), picture(number))
    store.get("0")
    store.put("3", picture(3))
    assert store.get("1") is None and np.array_equal(store.get("0"), picture(0))


def test_a_disk_that_cannot_be_written_stops_nothing(tmp_path):
    (tmp_path / "file").write_text("in the way")
    store = Store(tmp_path / "file" / "frames")
    store.put("a", picture(1))
    assert np.array_equal(store.get("a"), picture(1))
    assert store.trouble.startswith("Frames are not kept") and store.trouble.endswith(".")


@contextmanager
def files_of_at_most(size):
    """As on a full disk, every file of this process ends after so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_stops_no_render_leaves_no_pieces_and_is_told_once(small, tmp_path):
    spec = MorphSpec(PROMPTS[:2], 4, "none", **QUICK, model=small.name)
    wanted, store = images(small, spec, Store()), Store(tmp_path, memory_bytes=0)
    small.remarks.clear()
    with files_of_at_most(100):
        assert np.array_equal(wanted, images(small, spec, store))
    assert small.remarks == [store.trouble] and "File too large" in store.trouble
    assert not list(tmp_path.iterdir())
    small.remarks.clear()
    assert np.array_equal(wanted, images(small, spec, store))
    assert not small.remarks and not store.trouble and len(list(tmp_path.glob("*.png"))) == 5


@contextmanager
def nobody():
    """A user to whom the files of others are closed; whoever runs the tests, unless that is root."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_frames_of_a_cache_that_may_only_be_read_are_found():
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        Store(folder).put("a", picture(1))
        for path, mode in ((folder / "a.png", 0o444), (folder, 0o555)):
            path.chmod(mode)
        store = Store(folder)
        with nobody():
            found = store.get("a")
            store.put("b", picture(2))
        folder.chmod(0o755)
        assert np.array_equal(found, picture(1)) and np.array_equal(store.get("b"), picture(2))
        assert "Permission denied" in store.trouble and os.listdir(folder) == ["a.png"]


def test_everything_that_changes_a_picture_changes_its_key(small):
    sampling = {"seed": 1, "steps": 2, "guidance": 1.0, "scheduler": "ddim", "negative": ""}
    one, two = small.embed(["a cat", "a dog"])
    noise = one.new_zeros(small.latent_shape)
    keys = [
        key_of(small, one, None, sampling),
        key_of(small, two, None, sampling),
        key_of(small, one, noise, sampling),
        *(key_of(small, one, None, sampling | {name: "other"}) for name in sampling),
    ]
    rows, small.rows = small.rows, 2
    keys.append(key_of(small, one, None, sampling))
    small.rows = rows
    assert len(set(keys)) == len(keys) and key_of(small, one.clone(), None, dict(sampling)) == keys[0]


SCRIPT = """
import sys, time
from pathlib import Path
from lab.diffusion import load, morph
from lab.diffusion.store import Store
model = load(sys.argv[1], "cpu")
store = Store(Path(sys.argv[2]))
for frame in morph(model, ["a cat", "a dog"], 12, "none", steps=2, scheduler="ddim", store=store):
    print(frame.index, flush=True)
    time.sleep(0.1)
"""


def test_a_run_that_was_killed_goes_on_where_it_was(small, small_folder, tmp_path, count):
    threads = str(torch.get_num_threads())  # part of the key, since it decides about the last bits
    killed = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(small_folder), str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"OMP_NUM_THREADS": threads},
    )
    for line in killed.stdout:
        if int(line) == 3:
            break
    killed.send_signal(signal.SIGKILL)
    killed.wait()
    there = len(list(tmp_path.glob("*.png")))
    assert 4 <= there < 13
    frames = list(morph(small, PROMPTS[:2], 12, "none", steps=2, scheduler="ddim", store=Store(tmp_path)))
    assert len(frames) == 13 and count() == 13 - there
    plain = list(morph(small, PROMPTS[:2], 12, "none", steps=2, scheduler="ddim"))
    assert all(np.array_equal(a.image, b.image) for a, b in zip(frames, plain, strict=True))


def test_a_key_is_made_twice_at_most_however_many_frames_there_are(small, monkeypatch):
    from lab.diffusion import footage

    asked = []
    monkeypatch.setattr(footage, "key_of", lambda *facts: asked.append(facts) or key_of(*facts))
    spec = MorphSpec(("a cat", "a dog"), 19, "none", steps=1, model=str(small.folder))
    store = Store(None)
    frames = [frame.image for frame in render_spec(small, spec, store=store)]
    assert len(frames) == 20 and len(asked) == 2 * 20
    again = [frame.image for frame in render_spec(small, spec, store=store)]
    assert np.array_equal(again, frames) and len(asked) == 3 * 20  # all of them were there
