"""Variations: the walk that is rendered, the unit of sigma, picks as new starts."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch

from lab import compute
from lab.babel.unit import write_unit
from lab.diffusion import Pick, VariationsSpec, load, paths, unit, variations
from lab.diffusion import folder as folders
from lab.diffusion.variations import embeddings, render_spec

PROMPT = "a cat and a dog"


def test_each_item_is_the_picture_of_its_embedding(small):
    found = list(variations(small, PROMPT, 5, sigma=0.3, seed=7))
    again = list(small.render(torch.stack([item.embedding for item in found]), 7, **small.defaults))
    assert [item.step for item in found] == [1, 2, 3, 4, 5]
    assert all(np.array_equal(item.image, image) for item, image in zip(found, again, strict=True))
    assert len({item.image.tobytes() for item in found}) == 5


def test_the_embeddings_are_the_walk_from_the_prompt(small):
    """A model without a unit of its own takes sigma as it is, which is the contract of the post."""
    found = torch.stack([item.embedding for item in variations(small, PROMPT, 6, seed=7, steps=1)])
    y0 = small.embed([PROMPT])[0]
    assert torch.equal(found, paths.walk(y0, 6, 0.02, 0.5, compute.generator(7)))
    assert (found - y0)[0].std() == pytest.approx(0.01, rel=0.1)


def test_all_embeddings_are_known_before_the_first_network_call(small):
    calls = []
    hooks = [
        small.text_encoder.register_forward_pre_hook(lambda *_: calls.append("text")),
        small.unet.register_forward_pre_hook(lambda *_: calls.append("unet")),
    ]
    try:
        list(variations(small, PROMPT, 9, guidance=1.0, steps=2))
    finally:
        [hook.remove() for hook in hooks]
    assert calls[0] == "text" and set(calls[1:]) == {"unet"}


def test_step_zero_is_the_picture_of_the_prompt(small):
    spec = VariationsSpec(PROMPT, count=2, model=str(small.folder))
    first, *others = render_spec(small, spec, first=0)
    expected = next(small.render(small.embed([PROMPT]), 42, **small.defaults))
    assert first.step == 0 and np.array_equal(first.image, expected)
    assert [item.step for item in others] == [1, 2]


def test_a_pick_is_the_start_of_the_next_walk(small):
    """The picked step looks the same as the start of its own walk, and the way is in the spec."""
    parent = VariationsSpec(PROMPT, count=4, sigma=0.3, pull=0.4)
    picked = Pick(3, parent.noise_seed, 0.3, 0.4)
    child = replace(parent, picks=(picked,), sigma=0.1)
    assert torch.equal(embeddings(small, child)[0], embeddings(small, parent)[3])
    assert child.noise_seed == parent.noise_seed + 1  # a new start, a new walk
    grandchild = replace(child, picks=(picked, Pick(2, child.noise_seed, 0.1, 0.4)))
    assert torch.equal(embeddings(small, grandchild)[0], embeddings(small, child)[2])


def test_another_walk_seed_is_another_walk_with_the_same_noise_of_the_picture(small):
    one, other = (VariationsSpec(PROMPT, count=2, sigma=0.3, walk_seed=seed) for seed in (1, 2))
    a, b = (list(render_spec(small, spec, first=0)) for spec in (one, other))
    assert np.array_equal(a[0].image, b[0].image)
    assert not np.array_equal(a[1].image, b[1].image)


def test_the_unit_multiplies_sigma(small_folder, tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    for entry in small_folder.iterdir():
        if entry.name != "latent_library.json":
            (folder / entry.name).symlink_to(entry)
    (folder / "latent_library.json").write_text((small_folder / "latent_library.json").read_text())
    write_unit(folder, 30.0)
    assert json.loads((folder / "latent_library.json").read_text())["steps"] == 4  # the rest stays
    model = load(str(folder), device="cpu")
    found = next(variations(model, PROMPT, 1, seed=3, steps=1))
    y0 = model.embed([PROMPT])[0]
    assert found.unit == 30
    assert torch.equal(found.embedding, paths.walk(y0, 1, 30 * 0.02, 0.5, compute.generator(3))[0])


def test_babel_has_a_unit_of_its_own_and_a_stranger_has_none(small_folder):
    assert folders.embedding_unit(folders.BABEL) > 1, "measure it: python -m lab.babel.unit"
    assert folders.embedding_unit(small_folder) == 1


def test_the_unit_is_where_the_pictures_change_by_a_tenth(small, monkeypatch):
    """Checked at the unit that was found, by rendering the change anew."""
    monkeypatch.setattr(unit, "PROMPTS", ("a cat", "a dog", "and"))
    found = unit.measure_unit(small)
    places = small.embed(unit.PROMPTS)
    start = unit._pictures(small, places, 42)
    share = unit._shaken(small, places, start, found.unit, 42) / found.between
    assert share == pytest.approx(unit.VISIBLE, rel=0.3)
    assert [u for u, _ in found.curve] == list(unit.UNITS[: len(found.curve)])


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prompt": " "}, "prompt is empty"),
        ({"prompt": "x" * 10_001}, "limit is 10000"),
        ({"count": 0}, "variations is 0, but it must be a whole number from 1 to 240"),
        ({"count": 2.5}, "is 2.5"),
        ({"sigma": -0.1}, "sigma is -0.1, but it must be a number from 0 to 1"),
        ({"sigma": float("nan")}, "sigma is nan"),
        ({"pull": 1.5}, "pull is 1.5"),
        ({"walk_seed": -1}, "seed is -1"),
        ({"seed": 2**64}, "seed is 18446744073709551616"),
        ({"picks": (Pick(0, 1),)}, "is 0"),
        ({"picks": (Pick(1, 1),) * 65}, "65 picks, the limit is 64"),
        ({"negative": 3}, "negative prompt is 3"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(changes, said):
    with pytest.raises(ValueError) as refusal:
        replace(VariationsSpec(PROMPT), **changes).validate()
    assert said in str(refusal.value) and str(refusal.value).endswith(".")
