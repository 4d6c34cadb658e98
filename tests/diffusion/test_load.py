"""Loading: what a folder says, what is found, what is refused, and that nothing is fetched unasked."""

import json
import shutil

import pytest
import torch

from lab.diffusion import folder, load
from tests.diffusion.conftest import FACTS


def test_a_folder_becomes_a_model(small, small_folder):
    assert small.name == str(small_folder) and small.device == torch.device("cpu")
    assert small.size == (16, 16) and small.latent_shape == (4, 8, 8)
    assert small.defaults == {name: FACTS[name] for name in ("steps", "guidance", "scheduler")}
    assert small.unet.dtype == torch.float32 and not small.unet.training


def test_a_model_of_other_makers_has_the_defaults_of_stable_diffusion(model):
    assert model.defaults == {"steps": 50, "guidance": 7.5, "scheduler": "pndm"}
    assert model.unknown_words("any words at all") == []


def test_half_precision_weights_are_read_as_float32(small, small_folder, tmp_path):
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(small_folder, local_files_only=True)
    pipeline.to(dtype=torch.float16).save_pretrained(tmp_path)
    half = load(tmp_path, "cpu")
    assert {part.dtype for part in (half.unet, half.vae, half.text_encoder)} == {torch.float32}
    assert half.hash != small.hash


def test_sharded_weights_are_the_same_model(small, small_folder, tmp_path):
    from diffusers import StableDiffusionPipeline

    pipeline = StableDiffusionPipeline.from_pretrained(small_folder, local_files_only=True)
    pipeline.save_pretrained(tmp_path, max_shard_size="100KB")
    assert len(list((tmp_path / "unet").glob("*.safetensors"))) > 1
    sharded = load(tmp_path, "cpu")
    embedding = small.embed(["a cat"])
    assert torch.equal(embedding, sharded.embed(["a cat"]))
    one, other = (next(m.render(embedding, steps=2, scheduler="ddim")) for m in (small, sharded))
    assert (one == other).all()


def test_the_hash_is_that_of_the_weights(small, small_folder, tmp_path):
    copy = shutil.copytree(small_folder, tmp_path / "copy")
    assert folder.weights_hash(copy) == small.hash and len(small.hash) == 16
    weights = next((copy / "vae").glob("*.safetensors"))
    weights.write_bytes(weights.read_bytes()[:-1] + b"\1")
    assert folder.weights_hash(copy) != small.hash


def test_babel_can_be_put_elsewhere(small_folder, monkeypatch):
    monkeypatch.setenv("LATENT_LIBRARY_BABEL", str(small_folder))
    assert load(device="cpu").name == "babel"


@pytest.mark.parametrize("name", ["nothing", "no/such/folder", "/nowhere"])
def test_what_is_no_folder_is_refused(name):
    with pytest.raises(ValueError, match="a diffusers folder has a model_index.json"):
        load(name, "cpu")


def test_a_hub_id_is_not_fetched_unasked():
    with pytest.raises(ValueError, match="'nobody/nothing' is not on this machine; .*allow_download=True"):
        load("nobody/nothing", "cpu")


def test_pipelines_of_another_family_are_refused(small_folder, tmp_path):
    copy = shutil.copytree(small_folder, tmp_path / "copy")
    (copy / "model_index.json").write_text(json.dumps({"_class_name": "StableCascade"}))
    with pytest.raises(ValueError, match="is a StableCascade; known are StableDiffusionPipeline"):
        load(copy, "cpu")


def test_pickled_weights_are_not_read(small_folder, tmp_path):
    copy = shutil.copytree(small_folder, tmp_path / "copy")
    weights = copy / "unet" / "diffusion_pytorch_model.safetensors"
    weights.rename(weights.with_suffix(".bin"))
    with pytest.raises((OSError, ValueError), match="safetensors"):
        load(copy, "cpu")


def test_loading_leaves_the_progress_bars_as_they_were(small_folder):
    from transformers.utils import logging

    before = logging.is_progress_bar_enabled()
    load(small_folder, "cpu")
    assert logging.is_progress_bar_enabled() == before


@pytest.mark.parametrize(
    "prompt, counts", [("", (0, 0)), ("a cat", (2, 0)), ("cat " * 14, (14, 0)), ("cat " * 500, (14, 486))]
)
def test_tokens_that_are_cut_off_are_counted(small, small_folder, prompt, counts):
    assert small.count_tokens(prompt) == folder.count_tokens(prompt, small_folder) == counts


def test_emoji_fall_into_bytes(small):
    assert small.count_tokens("🦊") == (4, 0)
    assert torch.isfinite(small.embed(["🦊"])).all()


def test_words_the_model_was_never_taught_are_named_once(small):
    assert small.unknown_words("A Cat, and a zebra! ZEBRA dog's 🦊") == ["zebra", "dog's", "🦊"]


def test_one_text_is_not_a_list_of_prompts(small):
    with pytest.raises(ValueError, match="give a list of prompts"):
        small.embed("a cat")
