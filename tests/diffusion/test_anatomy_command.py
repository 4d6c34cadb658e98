"""``python -m lab anatomy``: the picture, the tensors, the recipe, exit codes."""

import json

import numpy as np
import pytest
from PIL import Image

from lab import cli, exports
from lab.diffusion.anatomy import files


@pytest.fixture
def ask(small_folder, tmp_path):
    """Call the command in this process; returns the exit code and the folder it wrote to."""

    def call(*arguments):
        base = ["anatomy", "--out", str(tmp_path / "out"), "--model", str(small_folder), "--device", "cpu"]
        try:
            return cli.main([*base, *arguments]), tmp_path / "out"
        except SystemExit as exit:
            return exit.code, tmp_path / "out"

    return call


def test_picture_tensors_and_recipe(ask, small, capsys):
    code, out = ask(
        "--prompt", "a cat", "--seed", "7", "--steps", "2", "--scheduler", "ddim", "--guidance", "3"
    )
    assert code == 0
    (expected,) = small.render(small.embed(["a cat"]), 7, 2, 3.0, "ddim")
    assert np.array_equal(np.asarray(Image.open(out / "anatomy.png")), expected)
    anatomy = files.read(out / "anatomy.npz")
    assert anatomy.clean.shape == (2, 4, 8, 8) and np.array_equal(anatomy.ending.picture, expected)
    result = json.loads((out / "result.json").read_text())
    assert result["spec"]["seed"] == 7 and [part["calls"] for part in result["parts"]] == [1, 4, 1]
    assert exports.read_recipe(out / "anatomy.png")["spec"] == result["spec"]
    assert (out / "plate.svg").read_bytes().startswith(b"<svg")
    assert "UNet" in capsys.readouterr().out


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--prompt", "a cat", "--steps", "61"], "1 to 60"),
        (["--prompt", "a cat", "--seed", "-1"], "seed is -1"),
        (["--prompt", "a cat", "--scheduler", "plms"], "invalid choice: 'plms'"),
        ([], "required: --prompt"),
    ],
)
def test_bad_arguments_are_exit_code_2_and_one_sentence(ask, capsys, arguments, said):
    code, out = ask(*arguments)
    errors = capsys.readouterr().err
    assert code == 2 and said in errors and len(errors.splitlines()) == 1 and not out.exists()
