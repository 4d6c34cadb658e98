"""A morph of a cluster: bit for bit that of this process, whoever is killed on the way."""

import numpy as np
import pytest
import torch

from lab import cluster
from lab.diffusion import MorphSpec, far
from lab.diffusion.morph import render_spec
from tests import clusters

PROMPTS = ("a cat", "a dog", "a library")


@pytest.fixture(scope="module")
def here(tmp_path_factory):
    """A cluster of two workers, which keep frames in a folder of their own, with as many threads as here."""
    folder = tmp_path_factory.mktemp("cluster")
    extra = {"LATENT_LIBRARY_CACHE": str(folder), "OMP_NUM_THREADS": str(torch.get_num_threads())}
    with clusters.opened(folder, 2, **extra) as opened:
        yield opened


@pytest.mark.parametrize("spacing", ["equal", "even"])
def test_the_morph_of_a_cluster_is_that_of_this_process(here, small, monkeypatch, spacing):
    spec = MorphSpec(PROMPTS, 9, "pingpong", 3, 2, 2.0, "euler_a", model=str(small.folder), spacing=spacing)
    own = list(render_spec(small, spec))
    monkeypatch.setenv(cluster.VARIABLE, here.address)
    told, remarks, came, recipes = [], [], [], []
    for frame, recipe in far.frames(spec, lambda: False, lambda *counts: told.append(counts), remarks):
        came.append(frame)
        recipes.append(recipe)
        if spacing == "even" and len(came) == 1:
            here.processes[0].kill()  # in mid-run: the other one renders its batches
    assert [frame.index for frame in came] == list(range(len(own)))
    assert all(np.array_equal(a.image, b.image) and a.t == b.t for a, b in zip(came, own, strict=True))
    assert told == [(number + 1, len(told)) for number in range(len(told))] and len(told) > 2
    assert recipes[0]["model"]["hash"] == small.hash and recipes[0]["device"].startswith("cpu")
    assert bool(remarks) == (spacing == "even")


def test_a_cancelled_morph_ends_early(here, small, monkeypatch):
    spec = MorphSpec(PROMPTS, 30, "none", 4, 2, 2.0, "ddim", model=str(small.folder))
    monkeypatch.setenv(cluster.VARIABLE, here.address)
    came = []
    for frame in far.frames(spec, lambda: len(came) > 2):
        came.append(frame)
    assert 2 < len(came) < 61
