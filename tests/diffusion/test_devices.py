"""What happens on a device: memory that runs out, one model at a time, a safety checker that stays on."""

import gc
import weakref

import numpy as np
import pytest
import torch
from diffusers import StableDiffusionPipeline
from diffusers.pipelines.stable_diffusion.safety_checker import StableDiffusionSafetyChecker
from transformers import CLIPConfig, CLIPImageProcessor

from lab.diffusion import load, morph

PROMPTS = ["a cat", "a dog", "cat and dog", "rain", "a library"]


class Narrow(torch.nn.Module):
    """A real UNet on a device that has no room for more than so many rows."""

    def __init__(self, unet, most):
        super().__init__()
        self.unet, self.most, self.called = unet, most, []

    def __getattr__(self, name):
        return super().__getattr__(name) if name in ("unet",) else getattr(self.unet, name)

    def forward(self, latents, *arguments, **named):
        self.called.append(len(latents))
        if len(latents) > self.most:
            raise torch.OutOfMemoryError("CUDA out of memory. Tried to allocate 2.00 GiB.")
        return self.unet(latents, *arguments, **named)


@pytest.fixture
def own(small_folder):
    """A model that a test may spoil."""
    return load(small_folder, "cpu")


@pytest.mark.parametrize("most, rows", [(8, 8), (5, 4), (3, 2), (2, 2)])
def test_where_memory_runs_out_the_batch_is_halved_and_it_is_said(own, small, most, rows):
    own.unet = Narrow(own.unet, most)
    told = []
    frames = list(
        own.render(own.embed(PROMPTS), 7, 3, 2.0, "ddim", progress=lambda *counts: told.append(counts))
    )
    assert own.rows == rows and set(own.unet.called[-3:]) == {rows}
    assert len(own.remarks) == (small.rows // rows).bit_length() - 1
    assert all("goes on with" in remark for remark in own.remarks)
    small_rows, small.rows = small.rows, rows
    try:
        assert np.array_equal(frames, list(small.render(small.embed(PROMPTS), 7, 3, 2.0, "ddim")))
    finally:
        small.rows = small_rows
    assert told[-1][0] == told[-1][1]


def test_no_room_for_a_single_frame_is_one_sentence(own):
    own.unet = Narrow(own.unet, 1)
    with pytest.raises(MemoryError, match="no room for a single frame on cpu.*; choose a smaller model"):
        list(own.render(own.embed(PROMPTS), steps=2))


def test_other_errors_of_the_network_stay_what_they_are(own):
    def broken(*arguments):
        raise RuntimeError("mat1 and mat2 shapes cannot be multiplied")

    own.unet.conv_in.register_forward_pre_hook(broken)
    with pytest.raises(RuntimeError, match="cannot be multiplied"):
        list(own.render(own.embed(PROMPTS), steps=2))
    assert own.remarks == []


def test_one_model_is_resident_and_the_old_one_is_freed(small_folder):
    from lab.views.pipelines import Models

    known = Models()
    first = weakref.ref(known.fetch(str(small_folder)))
    weights = weakref.ref(first().unet)
    known.fetch("babel")
    gc.collect()
    assert first() is None and weights() is None and list(known.resident) == ["babel"]


def checker(threshold: float) -> StableDiffusionSafetyChecker:
    """A real checker, tiny: its concepts are random, so its thresholds decide whether it objects."""
    vision = {
        "hidden_size": 32,
        "intermediate_size": 37,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "image_size": 30,
        "patch_size": 6,
    }
    network = StableDiffusionSafetyChecker(CLIPConfig(vision_config=vision, projection_dim=16))
    with torch.no_grad():
        network.concept_embeds.copy_(torch.randn(network.concept_embeds.shape))
        network.concept_embeds_weights.fill_(threshold)
        network.special_care_embeds_weights.fill_(2.0)
    return network


@pytest.fixture(scope="module", params=[-1.0, 1.0], ids=["objects", "content"])
def guarded(request, small_folder, tmp_path_factory):
    """A pipeline whose checker objects to everything, or to nothing; stock and ours."""
    folder = tmp_path_factory.mktemp("guarded")
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(3)
        network = checker(request.param)
    plain = StableDiffusionPipeline.from_pretrained(small_folder, local_files_only=True)
    parts = {name: part for name, part in plain.components.items() if part is not None}
    size = {"height": 30, "width": 30}
    extractor = CLIPImageProcessor(size={"shortest_edge": 30}, crop_size=size)
    StableDiffusionPipeline(
        **parts | {"safety_checker": network, "feature_extractor": extractor}
    ).save_pretrained(folder)
    stock = StableDiffusionPipeline.from_pretrained(folder, local_files_only=True)
    stock.set_progress_bar_config(disable=True)
    return load(folder, "cpu"), stock, request.param < 0


def test_the_checker_says_what_it_says_in_the_stock_pipeline(guarded, small):
    model, stock, objects = guarded
    made = stock("a cat", num_inference_steps=3, generator=torch.Generator().manual_seed(7), output_type="np")
    model.remarks.clear()
    (frame,) = model.render(model.embed(["a cat"]), 7, 3)
    assert made.nsfw_content_detected == [objects]
    assert model.remarks == (
        ["The model's safety checker objected to picture 1: shown as a mosaic."] if objects else []
    )
    (plain,) = small.render(small.embed(["a cat"]), 7, 3)
    assert np.array_equal(frame, plain) != objects
    if objects:  # a mosaic of the same mean, not the stock pipeline's black
        assert made.images[0].max() == 0 and frame.max() > 0
        assert abs(frame.mean() - plain.mean()) < 1


def test_key_frames_decide_for_a_morph_and_no_frame_is_missing(guarded, small):
    model, _, objects = guarded
    model.remarks.clear()
    frames = list(morph(model, PROMPTS[:2], 3, "none", seed=5, steps=3, scheduler="ddim"))
    plain = list(morph(small, PROMPTS[:2], 3, "none", seed=5, steps=3, scheduler="ddim", guidance=7.5))
    same = [np.array_equal(a.image, b.image) for a, b in zip(frames, plain, strict=True)]
    assert same == [not objects] * 4
    assert model.remarks == (
        ["The model's safety checker objected to prompts 1, 2: frames beside them are shown as mosaics."]
        if objects
        else []
    )


def test_a_model_without_a_checker_has_none(small):
    assert small.checker is None


def test_a_checker_that_cannot_be_read_is_not_left_out(guarded, tmp_path):
    import shutil

    copy = shutil.copytree(guarded[0].folder, tmp_path / "copy")
    next((copy / "safety_checker").glob("*.safetensors")).unlink()
    with pytest.raises(ValueError, match="safety_checker"):
        load(copy, "cpu")
