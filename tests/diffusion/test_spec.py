"""The spec of a morph: limits said in one sentence, a key that is the spec and nothing else."""

import subprocess
import sys
from dataclasses import replace

import pytest

from lab.diffusion import MorphSpec
from lab.diffusion.folder import Defaults

SPEC = MorphSpec(("a rainy city", "a rainy forest"))


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"prompts": ("a cat",)}, "2 to 16 prompts, but there are 1"),
        ({"prompts": "a cat"}, "2 to 16 prompts"),
        ({"prompts": ("a cat",) * 50}, "there are 50"),
        ({"prompts": ("a cat", "  \n")}, "Prompt 2 is empty"),
        ({"prompts": ("a cat", "dog " * 2501)}, "10004 characters, the limit is 10000"),
        ({"prompts": ("a cat", 7)}, "Prompt 2 is 7"),
        ({"negative": "x" * 10_001}, "negative prompt has 10001"),
        ({"frames": 0}, "is 0, but it must be a whole number from 1 to 120"),
        ({"frames": 10_000}, "is 10000"),
        ({"frames": 2.5}, "is 2.5"),
        ({"frames": True}, "is True"),
        ({"frames": (4, 4, 4)}, "3 frame counts, but 2 segments"),
        ({"frames": (4, 0)}, "is 0"),
        ({"prompts": ("a", "b", "c", "d", "e", "f"), "frames": 120}, "720 frames in all, the limit is 600"),
        ({"loop": "circle"}, "'circle' is unknown; choose one of ring, pingpong, none"),
        ({"interpolation": "cubic"}, "lerp, slerp"),
        ({"seed": -1}, "is -1, but it must be a whole number from 0 to 18446744073709551615"),
        ({"seed": 2**64}, "is 18446744073709551616"),
        ({"seed": 1.0}, "is 1.0"),
        ({"steps": 0}, "is 0, but it must be a whole number from 1 to 150"),
        ({"steps": 51, "scheduler": "lcm"}, "1 to 50"),
        ({"guidance": 31}, "is 31, but it must be a number from 0 to 30"),
        ({"guidance": float("inf")}, "is inf"),
        ({"guidance": "7"}, "is '7'"),
        ({"scheduler": "heun"}, "'heun' is unknown"),
    ],
)
def test_bad_input_is_one_sentence_with_the_limit(changes, said):
    with pytest.raises(ValueError) as refusal:
        replace(SPEC, **changes).validate()
    sentence = str(refusal.value)
    assert said in sentence and "\n" not in sentence.strip() and sentence.endswith(".")


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"prompts": ("a 🦊 in the snow", "Łódź, 雨")},
        {"prompts": ("word " * 500, "a cat")},
        {"prompts": tuple("abcdefghijklmnop"), "frames": 1},
        {"seed": 2**64 - 1, "steps": 150, "guidance": 30, "scheduler": "euler_a"},
        {"frames": (3, 5)},
        {"frames": (3,), "loop": "none"},
    ],
)
def test_good_input_passes(changes):
    spec = replace(SPEC, **changes)
    assert spec.validate() is spec


def test_what_is_left_open_comes_from_the_model_and_nothing_else_does():
    defaults = {"steps": 8, "guidance": 2.5, "scheduler": "dpm++2m", "unit": 3.0}
    filled = replace(SPEC, steps=20).with_defaults(defaults)
    assert (filled.steps, filled.guidance, filled.scheduler) == (20, 2.5, "dpm++2m")
    assert filled.prompts == SPEC.prompts


def test_the_key_is_the_spec():
    assert SPEC.key() == MorphSpec(("a rainy city", "a rainy forest")).key() == "4ac4277d996bff84"
    assert len({SPEC.key(), replace(SPEC, seed=43).key(), replace(SPEC, frames=(16, 16)).key()}) == 3


def test_asking_needs_no_torch():
    code = "import sys, lab.diffusion; sys.exit('torch' in sys.modules or 'diffusers' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_whoever_asks_for_guidance_gets_the_guided_settings():
    own = Defaults(steps=4, guidance=1.0, scheduler="lcm")
    own.guided = {"steps": 10, "guidance": 2.5, "scheduler": "dpm++2m"}

    def filled(**asked):
        spec = replace(SPEC, **asked).with_defaults(own)
        return spec.steps, spec.guidance, spec.scheduler

    assert filled() == filled(guidance=1.0) == filled(steps=4) == filled(scheduler="lcm") == (4, 1.0, "lcm")
    assert filled(guidance=3.0) == (10, 3.0, "dpm++2m")
    assert filled(negative="rain") == (10, 2.5, "dpm++2m")
    assert filled(scheduler="pndm") == (10, 2.5, "pndm")
    assert filled(steps=50) == (50, 2.5, "dpm++2m")
    assert filled(steps=2, scheduler="lcm", guidance=2.0) == (2, 2.0, "lcm")
