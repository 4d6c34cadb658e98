"""Every family of Stable Diffusion, from a folder and from one file: the pictures of the stock pipeline."""

import numpy as np
import pytest
import torch
from diffusers import DiffusionPipeline, StableDiffusionPipeline, StableDiffusionXLPipeline
from safetensors.torch import save_file

from lab.diffusion import load, morph
from tests.diffusion import compvis_layout, families

PROMPTS = ("a street in the rain", "a photo of a cat")
SETTINGS = {  # steps and guidance of each family
    "sd1": (5, 7.5),
    "sd2": (5, 7.5),
    "turbo": (2, 0.0),
    "lcm": (3, 8.5),
    "sdxl": (4, 5.0),
    "sdxl_turbo": (2, 0.0),
}
SINGLE = ("sd1", "sd2", "turbo", "sdxl")


@pytest.fixture(scope="module", params=families.FAMILIES)
def family(request):
    return request.param


@pytest.fixture(scope="module")
def built(family, tmp_path_factory):
    folder = tmp_path_factory.mktemp(family)
    return families.build(family, folder), folder


@pytest.fixture(scope="module")
def model(built):
    return load(built[1], "cpu")


def stock_picture(pipeline, prompt, steps, guidance, seed=42, **more):
    image = pipeline(
        prompt,
        num_inference_steps=steps,
        guidance_scale=guidance,
        generator=torch.Generator("cpu").manual_seed(seed),
        output_type="np",
        **more,
    ).images[0]
    return (image * 255).round().astype(np.uint8)


def difference(a, b):
    return np.abs(a.astype(int) - b.astype(int)).max()


def pictures(model, prompts, steps, guidance, negative=""):
    return list(
        model.render(model.embed(prompts), 42, steps, guidance, model.defaults["scheduler"], negative)
    )


def test_a_folder_of_each_family_gives_the_pictures_of_its_stock_pipeline(family, built, model):
    frames = pictures(model, PROMPTS, *SETTINGS[family])
    assert difference(*frames) > 20, "the prompts must matter, or the comparison says nothing"
    for prompt, frame in zip(PROMPTS, frames, strict=True):
        assert difference(frame, stock_picture(built[0], prompt, *SETTINGS[family])) <= 2


@pytest.mark.parametrize("family", ["sd2", "sdxl"], indirect=True)
def test_a_negative_prompt_goes_the_way_of_the_stock_pipeline(family, built, model):
    (frame,) = pictures(model, PROMPTS[:1], *SETTINGS[family], "snow")
    expected = stock_picture(built[0], PROMPTS[0], *SETTINGS[family], negative_prompt="snow")
    assert difference(frame, expected) <= 2
    assert difference(frame, pictures(model, PROMPTS[:1], *SETTINGS[family])[0]) > 5


def test_frames_of_each_family_are_bit_equal_alone_and_together(family, model):
    steps, guidance = SETTINGS[family]
    frames = list(morph(model, PROMPTS, 3, "none", steps=steps, guidance=guidance))
    keys = model.embed(PROMPTS)
    third = torch.lerp(keys[0], keys[1], 1 / 3)[None]
    (alone,) = model.render(third, 42, steps, guidance, model.defaults["scheduler"])
    assert np.array_equal(alone, frames[1].image)


@pytest.mark.parametrize("family", ["sdxl"], indirect=True)
def test_the_pooled_embedding_is_walked_too(built, model):
    """Half-way of the last row is half-way of both prompts' pooled embeddings, by the stock encoder."""
    pooled = [built[0].encode_prompt(prompt, device="cpu")[2] for prompt in PROMPTS]
    keys = model.embed(PROMPTS)
    half = torch.lerp(keys[0], keys[1], 0.5)[-1]
    width = pooled[0].shape[1]
    assert torch.allclose(half[:width], (pooled[0] + pooled[1])[0] / 2, atol=1e-6)
    assert torch.equal(half[width:], torch.zeros(len(half) - width))
    moved = keys.clone()
    moved[1, -1] = keys[0, -1]
    one, other = model.render(moved, 42, 3, 5.0, "euler"), model.render(keys, 42, 3, 5.0, "euler")
    assert difference(list(one)[1], list(other)[1]) > 0


def test_what_suits_a_family_is_its_default(family, model):
    wanted = {
        "sd1": (50, 7.5, "pndm"),
        "sd2": (50, 7.5, "pndm"),
        "turbo": (4, 0.0, "euler"),
        "lcm": (4, 8.5, "lcm"),
        "sdxl": (50, 5.0, "euler"),
        "sdxl_turbo": (4, 0.0, "euler_a"),
    }[family]
    assert tuple(model.defaults.values()) == wanted


def single_file(name, folder, suffix):
    """A family's pipeline saved as one file; the names are those that people give."""
    pipeline = families.build(name, folder / "folder")
    state = compvis_layout.state_of(pipeline)
    path = folder / f"{name}{suffix}"
    if suffix == ".ckpt":
        torch.save({"state_dict": state, "global_step": 220_000, "callbacks": {}}, path)
    else:
        save_file(state, path)
    sidecar = f"model: {{params: {{image_size: {families.SIDE}}}}}"
    path.with_suffix(".yaml").write_text(sidecar)
    return pipeline, path


@pytest.mark.parametrize("name", SINGLE)
def test_one_file_gives_the_pictures_of_its_stock_pipeline(name, tmp_path):
    pipeline, path = single_file(name, tmp_path, ".ckpt" if name == "sd1" else ".safetensors")
    model = load(path, "cpu")
    steps, guidance = SETTINGS[name]
    scheduler = {"sdxl": "euler", "turbo": "euler"}.get(name, "pndm")
    (frame,) = model.render(model.embed(PROMPTS[:1]), 42, steps, guidance, scheduler)
    assert difference(frame, stock_picture(pipeline, PROMPTS[0], steps, guidance)) <= 2
    assert model.unet.config.attention_head_dim == pipeline.unet.config.attention_head_dim or name != "sd1"


@pytest.mark.parametrize("name", ["sd1", "sd2", "sdxl"])
def test_the_layout_is_the_one_that_stock_diffusers_reads(name, tmp_path):
    """The same file through ``from_single_file``, told all configurations: the second route."""
    pipeline, path = single_file(name, tmp_path, ".safetensors")
    kind = StableDiffusionXLPipeline if name == "sdxl" else StableDiffusionPipeline
    stock: DiffusionPipeline = kind.from_single_file(
        str(path), config=str(tmp_path / "folder"), local_files_only=True, safety_checker=None
    )
    stock.set_progress_bar_config(disable=True)
    expected = stock_picture(pipeline, PROMPTS[0], 3, 5.0)
    assert difference(stock_picture(stock, PROMPTS[0], 3, 5.0), expected) <= 2
