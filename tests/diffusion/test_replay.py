"""One-file replay: every room's file comes out bit-equal, and a file that somebody bent gets one sentence."""

import json
from dataclasses import asdict, replace

import numpy as np
import pytest

from lab import cli, exports
from lab.diffusion import load, replay, verdict
from lab.diffusion.anatomy.spec import AnatomySpec
from lab.diffusion.latents import LatentsSpec
from lab.diffusion.librarian import GridSpec, Move, PictureSpec, RefineSpec, ScoutSpec, SeedsSpec
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.recipe import recipe
from lab.diffusion.spec import MorphSpec
from lab.diffusion.strict import build
from lab.diffusion.variations_spec import Pick, VariationsSpec
from lab.fingerprints import fingerprint
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 2.0, "scheduler": "euler_a"}
ROOMS = {
    "morph": MorphSpec(("a cat", "a dog"), 3, "pingpong", easing="smooth", hold=1),
    "mix": MixSpec(("a cat", "a dog", "a cat and a dog"), ((1.0, 2.0, 1.0), (1.0, 0.0, 0.0))),
    "variations": VariationsSpec("a cat", (Pick(2, 7),), count=3),
    "latents": LatentsSpec(("a cat", "a dog"), "blend", count=3),
    "anatomy": AnatomySpec("a cat", step_seed=5),
    "librarian": PictureSpec("a cat", (Move("noise", 0.5, seed=3),)),
}
QUIET = (lambda: False, lambda done, total: None)


@pytest.fixture(scope="module")
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(folder, FACTS):
        yield load("babel", device="cpu")


def rendered(model, word, spec, **more):
    """Pictures of a room and the recipe that its files hold."""
    brought = replay.Brought(word, spec, {}, b"", **more)
    return list(replay.render(model, brought, *QUIET)), recipe(word, model, spec)


@pytest.fixture(scope="module")
def made(babel):
    """Pictures and recipe of every room, rendered once."""
    return {word: rendered(babel, word, spec) for word, spec in ROOMS.items()}


def checked(model, data):
    """Bring a file back, render it again, compare."""
    brought = replay.bring(data)
    return brought, verdict.check(brought, list(replay.render(model, brought, *QUIET)))


@pytest.mark.parametrize("word", ROOMS)
@pytest.mark.parametrize("kind", ["zip", "webp"])
def test_every_rooms_file_comes_out_bit_equal(babel, made, word, kind):
    images, known = made[word]
    assert len({fingerprint(image) for image in images}) > 1 or word in ("librarian", "anatomy")
    brought, checks = checked(babel, getattr(exports, kind)(images, known))
    assert brought.spec == ROOMS[word].with_defaults(babel.defaults) and brought.experiment == word
    assert len(checks) == len(images) and all(check.equal for check in checks)
    assert all(check.difference.equal for check in checks) == (kind == "zip")
    assert verdict.verdict(checks).startswith("Bit-equal: ")
    assert verdict.conditions(brought, recipe(word, babel, brought.spec)) == []


@pytest.mark.parametrize("kind", ["gif", "mp4"])
def test_lossy_films_are_equal_by_their_fingerprints(babel, made, kind):
    images, known = made["variations"]
    _, checks = checked(babel, getattr(exports, kind)(images, known))
    assert len(checks) == 4 and all(check.equal for check in checks)
    assert not any(check.difference.equal for check in checks)


def test_one_frame_of_an_archive_is_found_in_its_film(babel, made):
    images, known = made["variations"]
    prints = {"sha256": [fingerprint(image) for image in images]}
    brought, (check,) = checked(babel, exports.png(images[2], known | prints))
    assert check.equal and check.difference.equal and len(brought.prints) == 4


def test_a_film_of_an_older_version_is_compared_by_its_pixels(babel, made):
    images, known = made["mix"]
    data = exports.zip(images, known | {"sha256": []})
    assert all(check.equal for check in checked(babel, data)[1])
    lossy = exports.webp(images, known | {"sha256": []}, quality=60)
    checks = checked(babel, lossy)[1]
    assert not any(check.equal for check in checks) and all(check.difference.psnr > 5 for check in checks)
    assert verdict.verdict(checks).startswith("0 of 2 frames are bit-equal")


LISTS = [
    SeedsSpec("a cat", 3),
    GridSpec("a cat", columns=(1.0, 3.0)),
    RefineSpec("a cat", "0n100-7", 1, ("embedding", "noise"), 0.5, 2),
    ScoutSpec("a cat", "a dog", 2, "evenness"),
]


@pytest.mark.parametrize("spec", LISTS, ids=lambda spec: type(spec).__name__)
def test_the_librarians_lists_are_rendered_again(babel, spec):
    images, known = rendered(babel, "librarian", spec)
    brought, checks = checked(babel, exports.zip(images, known))
    assert brought.spec == spec.with_defaults(babel.defaults) and all(check.equal for check in checks)
    _, (one,) = checked(babel, exports.png(images[-1], known | {"sha256": brought.prints}))
    assert one.equal


def test_a_sheet_says_what_to_bring_instead(babel):
    images, known = rendered(babel, "librarian", LISTS[0])
    sheet = exports.png(np.concatenate(images, axis=1), known | {"sheet": True})
    with pytest.raises(ValueError, match="bring the ZIP"):
        checked(babel, sheet)


def test_a_picture_that_was_brought_travels_in_the_recipe(babel):
    width, height = babel.size
    picture = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
    own = {fingerprint(picture): picture}
    spec = LatentsSpec(("a cat", f"own:{fingerprint(picture)}"), "calculator", "a + b")
    images, known = rendered(babel, "latents", spec, own=own)
    brought, checks = checked(babel, exports.zip(images, known | {"own": replay.tell_own(own)}))
    assert np.array_equal(brought.own[fingerprint(picture)], picture)
    assert all(check.equal for check in checks)


def test_another_seed_is_not_bit_equal_and_a_changed_pixel_is_seen(babel, made):
    images, known = made["librarian"]
    other = known | {"spec": known["spec"] | {"seed": 43}}
    _, (check,) = checked(babel, exports.png(images[0], other))
    assert not check.equal and "Not bit-equal" in verdict.verdict([check])
    changed = images[0].copy()
    changed[0, 0, 0] ^= 1
    _, (check,) = checked(babel, exports.png(changed, known))
    assert not check.equal and check.difference.psnr > 50


def test_what_is_not_as_it_was_is_named(babel, made):
    _, known = made["morph"]
    then = known | {
        "model": {"name": "babel", "hash": "0123456789abcdef"},
        "device": "a GPU",
        "dtype": "bfloat16",
        "versions": known["versions"] | {"torch": "1.0"},
    }
    brought = replay.Brought("morph", ROOMS["morph"], then, b"")
    said = "; ".join(verdict.conditions(brought, known))
    assert "weights (0123456789abcdef then" in said and "the device (a GPU then" in said
    assert "the number type (bfloat16 then, float32 now)" in said and "torch (1.0 then" in said
    nothing = replay.Brought("morph", ROOMS["morph"], {}, b"")
    assert len(verdict.conditions(nothing, known)) == 9


BENT = {
    "no experiment": ({"experiment": None}, "recipe is of 'None'; known are morph"),
    "another experiment": ({"experiment": "os.system"}, "recipe is of 'os.system'"),
    "a list of experiments": ({"experiment": ["morph"]}, "known are morph"),
    "no spec": ({"spec": None}, "is no table"),
    "a spec in text": ({"spec": "morph"}, "is no table"),
    "a stranger's entry": ({"spec": {"prompts": ["a", "b"], "__class__": "x"}}, "unknown entry '__class__'"),
    "no prompts": ({"spec": {}}, "has no 'prompts'"),
    "prompts that are numbers": ({"spec": {"prompts": [1, 2]}}, "prompts is '1'"),
    "one text": ({"spec": {"prompts": "ab"}}, "must be a list"),
    "a seed in text": ({"spec": {"prompts": ["a", "b"], "seed": "42"}}, "seed is '42'"),
    "a seed that is true": ({"spec": {"prompts": ["a", "b"], "seed": True}}, "seed is 'True'"),
    "endless steps": ({"spec": {"prompts": ["a", "b"], "steps": 10**9}}, "steps is 1000000000"),
    "endless frames": (
        {"spec": {"prompts": ["a", "b"], "frames": 10**9}},
        "frames of a segment is 1000000000",
    ),
    "guidance that is none": ({"spec": {"prompts": ["a", "b"], "guidance": float("nan")}}, "guidance is nan"),
    "a folder": ({"spec": {"prompts": ["a", "b"], "model": "/etc"}}, "model '/etc', which is not here"),
    "a model of the hub": ({"spec": {"prompts": ["a", "b"], "model": "x/y"}}, "which is not here"),
    "bent fingerprints": ({"sha256": ["x"]}, "fingerprints in the recipe are none"),
    "endless fingerprints": ({"sha256": ["0" * 16] * 2000}, "fingerprints in the recipe are none"),
    "bent pictures": ({"own": {"0" * 16: "!!"}}, "picture in the recipe"),
    "a text for a picture": ({"own": {"0" * 16: "aGVsbG8="}}, "a picture in the recipe is not a PNG"),
}


@pytest.mark.parametrize("case", BENT)
def test_a_bent_recipe_gets_one_sentence(case, babel, made):
    changes, said = BENT[case]
    images, known = made["morph"]
    with pytest.raises(ValueError, match="(?i)" + said.replace("(", r"\(")) as refusal:
        replay.bring(exports.png(images[0], known | changes))
    assert "\n" not in str(refusal.value) and len(str(refusal.value)) < 200


@pytest.mark.parametrize("word", ROOMS)
def test_every_spec_comes_back_from_json_as_it_was(word):
    spec = ROOMS[word]
    assert build(type(spec), json.loads(json.dumps(asdict(spec)))) == spec


def test_what_is_the_models_own_is_left_open_again(babel):
    spec = ROOMS["mix"].with_defaults(babel.defaults)
    assert replay.reopened(spec, babel.defaults) == ROOMS["mix"]
    assert replay.reopened(replace(spec, steps=9), babel.defaults).steps == 9


def test_the_command_says_it_and_ends_with_0_or_3(babel, made, tmp_path, capsys):
    images, known = made["variations"]
    file = tmp_path / "walk.webp"
    file.write_bytes(exports.webp(images, known))
    assert cli.main(["replay", str(file), "--device", "cpu"]) == 0
    assert capsys.readouterr().out == "Bit-equal: all 4 frames come out again to the last bit.\n"
    other = known | {"spec": known["spec"] | {"seed": 43}, "device": "a GPU"}
    file.write_bytes(exports.webp(images, other))
    assert cli.main(["replay", str(file), "--device", "cpu"]) == 3
    said = capsys.readouterr().out
    assert "0 of 4 frames are bit-equal" in said and "a GPU then" in said and "frame 4:" in said
    file.write_bytes(b"text")
    assert cli.main(["replay", str(file)]) == 2
    assert "holds no recipe" in capsys.readouterr().err
