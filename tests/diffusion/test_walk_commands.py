"""``python -m lab latents``, ``mix``, ``variations``, ``gallery``: files are what the library computes."""

import json

import numpy as np
import pytest
from PIL import Image, ImageSequence

from lab import cli, exports, gallery
from lab.catalog import ROOT
from lab.commands import mix as mix_command
from lab.commands.frames import INTERRUPTED
from lab.diffusion import far, load
from lab.diffusion.anatomy import files, record
from lab.diffusion.bisection import halved
from lab.diffusion.latents import LatentsSpec, looks, parcel
from lab.diffusion.librarian import ScoutSpec, scout
from lab.diffusion.librarian.bringing import bring_pictures
from lab.diffusion.mix import facts, likenesses, render_spec
from lab.diffusion.mix_spec import MixSpec
from lab.diffusion.morph import render_spec as render_morph
from lab.diffusion.recipe import recipe
from lab.diffusion.simplex import lattice
from lab.diffusion.spec import MorphSpec
from lab.diffusion.variations import facts as walk_facts
from lab.diffusion.variations import render_spec as render_walk
from lab.diffusion.variations_spec import Pick, VariationsSpec
from lab.fingerprints import FINGERPRINTS
from tests.diffusion import tiny

SIDE = 16  # of the tiny model's pictures


@pytest.fixture
def ask(small_folder, tmp_path):
    """Call a command in this process; returns the exit code and the folder it wrote to."""

    def call(word, *arguments):
        base = [word, "--out", str(tmp_path / "out"), "--model", str(small_folder), "--device", "cpu"]
        try:
            return cli.main([*base, *arguments]), tmp_path / "out"
        except SystemExit as exit:
            return exit.code, tmp_path / "out"

    return call


@pytest.fixture
def tiny_babel(tmp_path):
    """A tiny pipeline in babel's place, which knows no preset's words and draws in one step."""
    with tiny.in_babels_place(
        tmp_path / "babel", {"steps": 1, "guidance": 1.0, "scheduler": "ddim"}
    ) as place:
        yield place


def pictures(out):
    """What lies in the folder of frames, in order, and all that lies beside it."""
    drawn = [np.asarray(Image.open(path)) for path in sorted((out / "frames").iterdir())]
    return drawn, {path.name for path in out.iterdir()} - {"frames"}


def count(path):
    with Image.open(path) as film:
        return film.n_frames


def test_latents_writes_the_look_it_draws(ask, small, small_folder, capsys):
    asked = ["--picture", "a cat", "--picture", "a dog", "--view", "calculator", "--expression=(a+b)/2"]
    code, out = ask("latents", *asked, "--seed", "5", "--also", "zip", "--also", "gif")
    assert code == 0
    spec = LatentsSpec(("a cat", "a dog"), "calculator", "(a+b)/2", seed=5, model=str(small_folder))
    expected = parcel.images(list(looks.render_spec(small, spec)))
    drawn, names = pictures(out)
    assert np.array_equal(drawn, expected) and drawn[0].shape == (SIDE, SIDE, 3)
    assert names == {"result.json", "latents.zip", "latents.gif"}
    result = json.loads((out / "result.json").read_text())
    assert result["spec"]["expression"] == "(a+b)/2" and result["spec"]["steps"] == 4
    assert exports.read_recipe(out / "frames/000.png")["spec"] == result["spec"]
    said = capsys.readouterr().out.splitlines()
    assert said[-1] == f"{len(drawn)} pictures in {out}" and "PSNR" in said[0]


def test_latents_looks_at_a_picture_of_ones_own_beside_a_drawn_one(ask, tmp_path, capsys):
    own = tmp_path / "own.png"
    y, x = np.mgrid[0:40, 0:60]
    Image.fromarray(np.stack([4 * x, 6 * y, 0 * x + 90], -1).astype(np.uint8)).save(own)
    code, out = ask(
        "latents", "--file", str(own), "--picture", "a zebra", "--view", "colours", "--steps", "1"
    )
    assert code == 0
    result = json.loads((out / "result.json").read_text())
    mine, drawn = result["spec"]["pictures"]
    assert mine.startswith("own:") and drawn == "a zebra" and len(result["own"]) == 1
    assert "zebra" in capsys.readouterr().err
    assert ask("latents", "--file", str(tmp_path / "nothing.png"))[0] == 1
    (tmp_path / "text.png").write_text("no picture")
    assert ask("latents", "--file", str(tmp_path / "text.png"))[0] == 2
    assert ask("latents")[0] == 2 and "1 to 6 pictures" in capsys.readouterr().err


def test_latents_clears_what_an_earlier_look_left(ask):
    noise = ["latents", "--picture", "a cat", "--view", "noise", "--steps", "1"]
    many, _ = pictures(ask(*noise, "--count", "5")[1])
    few, _ = pictures(ask(*noise, "--count", "3")[1])
    assert 0 < len(few) < len(many)


def test_mix_writes_the_blends_and_names_the_one_least_like_its_sources(ask, small, small_folder, capsys):
    prompts = ("a cat", "a dog", "and")
    asked = [word for prompt in prompts for word in ("--prompt", prompt)]
    code, out = ask("mix", *asked, "--divisions", "2", "--weights", "2,1,1", "--mean", "restored")
    assert code == 0
    corners = ((1, 0, 0), (0, 1, 0), (0, 0, 1))
    blends = tuple(dict.fromkeys((*corners, (2.0, 1.0, 1.0), *lattice(3, 2))))
    spec = MixSpec(prompts, blends, "restored", model=str(small_folder))
    found = list(render_spec(small, spec))
    drawn, names = pictures(out)
    assert np.array_equal(drawn, [blend.image for blend in found]) and len(drawn) == 7
    assert names == {"result.json", "mix.webp"} and count(out / "mix.webp") == 7
    result = json.loads((out / "result.json").read_text())
    told = json.loads(json.dumps(facts(small, spec, found)))
    assert result.pop("seconds") > 0 and result == told
    by_pixels = next(each for each in likenesses(small, spec, found) if each.measure != "text")
    best = by_pixels.least_like()
    assert f"(frames/{best:03d}.png), {by_pixels.nearest[best]:.2f} from" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--prompt", "a cat"], "2 to 6 sources"),
        (["--prompt", "a cat", "--prompt", "a dog", "--weights", "much"], "'much' is no list of weights"),
        (["--prompt", "a cat", "--prompt", "a dog", "--divisions", "21"], "0 to 20"),
        (["--prompt", "a cat", "--prompt", "a dog", "--milliseconds", "1"], "10 to 10000"),
    ],
)
def test_a_mix_that_cannot_be_is_one_sentence(ask, capsys, arguments, said):
    code, out = ask("mix", *arguments)
    errors = capsys.readouterr().err
    assert code == 2 and said in errors and len(errors.splitlines()) == 1 and not out.exists()


def test_an_interrupted_mix_keeps_the_finished_blends(ask, monkeypatch, capsys):
    def interrupted(model, spec):
        yield from list(render_spec(model, spec))[:2]
        raise KeyboardInterrupt

    monkeypatch.setattr(mix_command, "render_spec", interrupted)
    code, out = ask("mix", "--prompt", "a cat", "--prompt", "a dog", "--steps", "1")
    drawn, names = pictures(out)
    assert code == INTERRUPTED and len(drawn) == 2 and count(out / "mix.webp") == 2
    assert "likeness" not in json.loads((out / "result.json").read_text())
    assert "finished pictures are kept" in capsys.readouterr().err


def test_variations_writes_the_start_and_every_step(ask, small, small_folder):
    asked = ["--prompt", "a cat", "--count", "3", "--sigma", "0.3", "--pick", "2, 42, 0.3, 0.5"]
    code, out = ask("variations", *asked, "--also", "mp4")
    assert code == 0
    spec = VariationsSpec(
        "a cat", count=3, sigma=0.3, picks=(Pick(2, 42, 0.3, 0.5),), model=str(small_folder)
    )
    expected = [item.image for item in render_walk(small, spec, first=0)]
    drawn, names = pictures(out)
    assert np.array_equal(drawn, expected) and len(drawn) == 4
    assert not np.array_equal(drawn[0], drawn[3])
    assert names == {"result.json", "variations.webp", "variations.mp4"}
    result = json.loads((out / "result.json").read_text())
    assert result["frames"] == [f"frames/{number:03d}.png" for number in range(4)]
    assert result["spread"] == json.loads(json.dumps(walk_facts(small, spec)))["spread"]
    assert result["spec"]["picks"] == [{"step": 2, "seed": 42, "sigma": 0.3, "pull": 0.5}]


@pytest.mark.parametrize("pick", ["2,42,0.3", "two,42,0.3,0.5"])
def test_a_pick_that_is_none_is_one_sentence(ask, capsys, pick):
    code, out = ask("variations", "--prompt", "a cat", "--pick", pick)
    assert code == 2 and f"'{pick}' is no pick" in capsys.readouterr().err and not out.exists()


ROOMS = (
    "morph/cathedral",
    "anatomy/run",
    "anatomy/prompt",
    "latents/halfway",
    "librarian/shelves",
    "mix/two",
    "variations/street",
)


@pytest.mark.parametrize("name", ROOMS)
def test_the_gallery_renders_what_ships(name, tiny_babel, tmp_path, capsys):
    """As many pictures as the film that ships, by the same spec, whatever model draws them."""
    out = tmp_path / "out"
    assert cli.main(["gallery", "--only", name, "--device", "cpu", "--out", str(out)]) == 0
    shipped = next(path for path in gallery.makers() if gallery.title(path) == name)
    made = out / shipped.relative_to(ROOT)
    assert f"{shipped.relative_to(ROOT)}  " in capsys.readouterr().out
    if made.suffix == ".npz":
        own, theirs = files.read(made), files.read(shipped)
        assert len(own.moments) == 1 and own.ending.picture.shape == (SIDE, SIDE, 3)
        assert own.spec.prompt == theirs.spec.prompt
        return
    with Image.open(made) as film:
        frame = np.asarray(next(ImageSequence.Iterator(film)).convert("RGB"))
    assert frame.shape[0] == SIDE and frame.std() > 0
    own, theirs = gallery.recipe_in(made), gallery.recipe_in(shipped)
    if not name.startswith("anatomy"):  # whose frames are its steps, fewer here
        assert len(own[FINGERPRINTS]) == len(theirs[FINGERPRINTS])
    open_ = {"steps", "guidance", "scheduler"}  # left to the model
    assert {k: v for k, v in own["spec"].items() if k not in open_} == {
        k: v for k, v in theirs["spec"].items() if k not in open_
    }


def test_a_film_that_is_none_of_the_gallery_is_one_sentence(capsys):
    assert cli.main(["gallery", "--only", "a zebra"]) == 2
    assert "No film is called 'a zebra'" in capsys.readouterr().err
    assert cli.main(["gallery", "--quality", "0"]) == 2
    assert "quality is 0" in capsys.readouterr().err


def test_scouting_by_likeness_scores_a_sketch_as_the_judge_does(tiny_babel):
    from lab.babel.judge import open_judge

    spec = ScoutSpec("a cat", count=3, steps=4, sketch=2)
    found = list(scout(load("babel", "cpu"), spec))
    judge = open_judge(ROOT / "data" / "judge")
    scores = judge.agreement(np.stack([each.image for each in found]), ["a cat"] * 3)
    assert [each.score for each in found] == pytest.approx(scores.tolist(), abs=1e-5)
    assert [each.spec.seed for each in found] == [42, 43, 44] and {each.spec.steps for each in found} == {4}


@pytest.mark.parametrize("spacing", ["equal", "even"])
def test_what_a_worker_of_a_cluster_does_makes_the_morph(small, small_folder, monkeypatch, spacing):
    monkeypatch.setattr(far, "_resident", {})
    spec = MorphSpec(
        ("a cat", "a dog"), 4, "none", 3, 2, 2.0, "ddim", model=str(small_folder), spacing=spacing
    )
    survey = far.surveyed(spec)
    assert survey.recipe == recipe("morph", small, spec) and survey.objected == frozenset()
    assert bool(survey.paces) == (spacing == "even") and survey.batch >= 1
    own = [frame.image for frame in render_morph(small, spec)]
    halves = far.rendered(spec, survey, (0, 1)) + far.rendered(spec, survey, tuple(range(2, len(own))))
    assert np.array_equal(halves, own)
    assert list(far._resident) == [str(small_folder)]


def test_a_morph_of_two_noises_gets_more_frames_where_it_jumps(ask, small, small_folder, capsys):
    asked = ["--prompt", "a cat", "--prompt", "a dog", "--frames", "4", "--loop", "none", "--steps", "2"]
    code, out = ask("morph", *asked, "--seeds", "7,8", "--added", "0:1/8", "--bisect", "2", "--afresh")
    assert code == 0
    spec = MorphSpec(
        ("a cat", "a dog"), 4, "none", steps=2, seeds=(7, 8), added=("0:1/8",), model=str(small_folder)
    )
    for _ in range(2):
        spec = halved(spec, [frame.image for frame in render_morph(small, spec)])
    drawn, _ = pictures(out)
    assert np.array_equal(drawn, [frame.image for frame in render_morph(small, spec)])
    assert len(drawn) == 5 + 3 and len(json.loads((out / "result.json").read_text())["spec"]["added"]) == 3
    assert ask("morph", *asked, "--seeds", "7,many")[0] == 2
    assert "'7,many' is no list of whole numbers" in capsys.readouterr().err


def test_an_interrupted_anatomy_keeps_its_finished_steps(ask, monkeypatch, capsys):
    def interrupted(model, spec):
        yield from list(record(model, spec))[:3]
        raise KeyboardInterrupt

    monkeypatch.setattr("lab.commands.anatomy.record", interrupted)
    code, out = ask("anatomy", "--prompt", "a cat", "--steps", "4")
    kept = files.read(out / "anatomy.npz")
    assert code == INTERRUPTED and len(kept.moments) == 2 and kept.ending is None
    assert not (out / "anatomy.png").exists() and "steps are kept" in capsys.readouterr().err


def test_an_interrupted_librarian_keeps_its_finished_pictures(ask, monkeypatch, capsys):
    def interrupted(model, spec):
        yield from list(bring_pictures(model, spec))[:2]
        raise KeyboardInterrupt

    monkeypatch.setattr("lab.commands.librarian.bring_pictures", interrupted)
    code, out = ask("librarian", "--mode", "seeds", "--prompt", "a zebra", "--count", "3", "--steps", "1")
    said = capsys.readouterr().err
    assert code == INTERRUPTED and {path.name for path in out.glob("0*.png")} == {"000.png", "001.png"}
    assert "never taught zebra" in said and "pictures are kept" in said
    assert len(json.loads((out / "result.json").read_text())["pictures"]) == 2
