"""On a GPU: the same claims as on a CPU. Left out, and said so, where there is none."""

import numpy as np
import pytest
import torch

from lab.diffusion import load
from lab.diffusion.spec import SCHEDULERS
from tests.diffusion import families

pytestmark = pytest.mark.gpu
PROMPTS = ["a cat", "a dog", "cat and dog", "rain", "a library", "snow"] * 4


@pytest.fixture(scope="module", params=["sd1", "sdxl"])
def model(request, tmp_path_factory):
    folder = tmp_path_factory.mktemp(request.param)
    families.build(request.param, folder)
    return load(folder, "cuda")


@pytest.mark.parametrize("scheduler", SCHEDULERS)
def test_a_frame_alone_is_bit_equal_to_the_frame_in_any_batch(model, scheduler):
    embeddings = model.embed(PROMPTS)
    together = list(model.render(embeddings, 7, 3, 3.0, scheduler))
    backwards = list(model.render(embeddings.flip(0), 7, 3, 3.0, scheduler))[::-1]
    (alone,) = model.render(embeddings[17:18], 7, 3, 3.0, scheduler)
    assert np.array_equal(together, backwards) and np.array_equal(alone, together[17])


def test_the_format_is_half_and_the_layout_is_channels_last(model):
    assert model.unet.dtype in (torch.bfloat16, torch.float16)
    assert model.unet.conv_in.weight.is_contiguous(memory_format=torch.channels_last)


def test_pictures_are_near_those_of_the_cpu(model):
    there = next(model.render(model.embed(PROMPTS[:1]), 7, 4, 3.0, "ddim"))
    here = load(model.folder, "cpu")
    ours = next(here.render(here.embed(PROMPTS[:1]), 7, 4, 3.0, "ddim"))
    assert np.abs(there.astype(int) - ours).mean() < 12
