"""``python -m lab morph``: files, recipe, exit codes, and an interruption that keeps what is finished."""

import json
import subprocess
import sys

import numpy as np
import pytest
from PIL import Image

from lab import cli, exports
from lab.commands import morph as command
from lab.diffusion import morph
from lab.fingerprints import fingerprint


@pytest.fixture
def ask(small_folder, tmp_path):
    """Call the command in this process; returns the exit code and the folder it wrote to."""

    def call(*arguments):
        base = ["morph", "--out", str(tmp_path / "out"), "--model", str(small_folder), "--device", "cpu"]
        try:
            return cli.main([*base, *arguments]), tmp_path / "out"
        except SystemExit as exit:
            return exit.code, tmp_path / "out"

    return call


PROMPTS = ("--prompt", "a cat", "--prompt", "a dog")


def test_frames_film_and_recipe(ask, small):
    code, out = ask(*PROMPTS, "--frames", "3", "--seed", "7", "--loop", "none")
    assert code == 0
    expected = [frame.image for frame in morph(small, ["a cat", "a dog"], 3, "none", 7)]
    paths = sorted((out / "frames").iterdir())
    assert [path.name for path in paths] == ["000.png", "001.png", "002.png", "003.png"]
    assert np.array_equal([np.asarray(Image.open(path)) for path in paths], expected)
    with Image.open(out / "morph.webp") as film:
        assert film.n_frames == 4
    result = json.loads((out / "result.json").read_text())
    assert result["spec"]["prompts"] == ["a cat", "a dog"] and result["spec"]["steps"] == 4
    assert result["model"]["hash"] == small.hash and result["rows"] == small.rows
    assert result["seconds"] > 0 and "torch" in result["versions"] and result["device"].startswith("cpu")
    assert result["frames"][-1] == {"file": "frames/003.png", "segment": 0, "t": 1.0}
    assert exports.read_recipe(out / "morph.webp") == result | {
        "sha256": [fingerprint(image) for image in expected]
    }
    assert exports.read_recipe(paths[0])["spec"] == result["spec"]


def test_other_films_on_request_and_no_frames_of_an_earlier_morph(ask):
    ask(*PROMPTS, "--frames", "3", "--steps", "1")
    code, out = ask(
        *PROMPTS, "--frames", "2,1", "--steps", "1", "--also", "gif", "--also", "mp4", "--also", "zip"
    )
    assert code == 0 and len(list((out / "frames").iterdir())) == 3
    names = {path.name for path in out.iterdir()}
    assert names == {"frames", "result.json", "morph.webp", "morph.gif", "morph.mp4", "morph.zip"}


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--prompt", "a cat"], "2 to 16 prompts, but there are 1"),
        (["--prompt", "a cat", "--prompt", ""], "Prompt 2 is empty"),
        ([*PROMPTS, "--seed", "-1"], "seed is -1"),
        ([*PROMPTS, "--seed", str(2**64)], "18446744073709551615"),
        ([*PROMPTS, "--frames", "0"], "1 to 120"),
        ([*PROMPTS, "--frames", "many"], "'many' is neither a number"),
        ([*PROMPTS, "--steps", "1.5"], "invalid int value: '1.5'"),
        ([*PROMPTS, "--scheduler", "plms"], "invalid choice: 'plms'"),
        ([*PROMPTS, "--milliseconds", "0"], "10 to 10000"),
        ([*PROMPTS, "--device", "tpu"], "'tpu' is unknown"),
        ([*PROMPTS, "--model", "nothing"], "no model in 'nothing'"),
        ([*PROMPTS, "--shine"], "unrecognized arguments: --shine"),
        ([], "required: --prompt"),
    ],
)
def test_bad_arguments_are_exit_code_2_and_one_sentence(ask, capsys, arguments, said):
    code, out = ask(*arguments)
    errors = capsys.readouterr().err
    assert code == 2 and said in errors and len(errors.splitlines()) == 1
    assert not list(out.glob("frames/*"))


def test_a_folder_that_cannot_be_written_is_said_in_one_sentence(ask, capsys, tmp_path):
    (tmp_path / "out").write_text("a file in the way")
    assert ask(*PROMPTS)[0] == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_what_the_model_does_not_read_is_said(ask, capsys):
    ask("--prompt", "a zebra " * 20, "--prompt", "a cat", "--frames", "1", "--steps", "1")
    errors = capsys.readouterr().err
    assert "Prompt 1: the last" in errors and "never taught zebra" in errors and "Prompt 2" not in errors


def test_an_interruption_keeps_the_finished_frames(ask, monkeypatch):
    def interrupted(model, spec, store):
        frames = morph(model, spec.prompts, spec.frames)
        yield next(frames)
        yield next(frames)
        raise KeyboardInterrupt

    monkeypatch.setattr(command, "render_spec", interrupted)
    code, out = ask(*PROMPTS, "--frames", "3", "--steps", "1")
    assert code == 130 and len(list((out / "frames").iterdir())) == 2
    with Image.open(out / "morph.webp") as film:
        assert film.n_frames == 2


def test_the_module_is_a_command():
    asked = [sys.executable, "-m", "lab", "morph", "--prompt", "a cat", "--out", "nowhere"]
    finished = subprocess.run(asked, capture_output=True, text=True)
    assert finished.returncode == 2
    assert finished.stderr == "A morph needs 2 to 16 prompts, but there are 1.\n"


def test_every_command_has_its_experiment(capsys):
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    assert "morph" in capsys.readouterr().out
