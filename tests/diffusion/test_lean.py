"""A model is read without what rendering never calls."""

import json
import subprocess
import sys

import pytest

from lab.diffusion import lean

SCRIPT = """
import sys
from lab.diffusion import load
model = load(sys.argv[1], "cpu")
heavy = {"torch._dynamo", "sympy", "torch.distributed.fsdp", "diffusers.models.transformers.transformer_flux"}
print(sorted(heavy & set(sys.modules)))
from diffusers import AutoencoderKL, UNet2DConditionModel
from transformers import CLIPTextModel
print(type(model.unet) is UNet2DConditionModel, type(model.vae) is AutoencoderKL)
print(type(model.text_encoder) is CLIPTextModel)
import torch
print(torch.distributed.is_available())
"""


def test_the_compiler_and_the_video_models_stay_out_and_all_else_is_as_ever(small_folder):
    told = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(small_folder)], capture_output=True, text=True, check=True
    )
    assert told.stdout.splitlines() == ["[]", "True True", "True", "True"]


def test_a_package_that_waits_is_whole_once_somebody_asks(monkeypatch):
    monkeypatch.setitem(sys.modules, "json", json)
    monkeypatch.delitem(sys.modules, "json.tool", raising=False)
    lean._stand_for("json.tool")
    waiting = sys.modules["json.tool"]
    assert isinstance(waiting, lean.Later) and "main" not in vars(waiting)
    assert callable(waiting.main) and type(waiting) is not lean.Later
    with pytest.raises(AttributeError):
        _ = waiting.nothing
