"""``python -m lab librarian``: files, recipes, exit codes; and the page's code is the page's spec."""

import ast
import json
import shlex

import numpy as np
import pytest
from PIL import Image

from lab import cli, exports
from lab.commands import librarian as command
from lab.diffusion.librarian import GridSpec, Move, PictureSpec, RefineSpec, ScoutSpec, SeedsSpec, develop
from lab.views.librarian import code


@pytest.fixture
def ask(small_folder, tmp_path):
    """Call the command in this process; returns the exit code and the folder it wrote to."""

    def call(*arguments):
        base = ["librarian", "--out", str(tmp_path / "out"), "--model", str(small_folder), "--device", "cpu"]
        try:
            return cli.main([*base, *arguments]), tmp_path / "out"
        except SystemExit as exit:
            return exit.code, tmp_path / "out"

    return call


def test_every_picture_holds_the_recipe_that_makes_it_again(ask, small):
    status, out = ask("--mode", "seeds", "--prompt", "a cat", "--count", "3", "--seed", "7")
    assert status == 0 and {path.name for path in out.iterdir()} == {
        "000.png",
        "001.png",
        "002.png",
        "result.json",
        "sheet.png",
    }
    again = PictureSpec.from_recipe(exports.read_recipe(out / "002.png")["spec"])
    assert again.seed == 9
    *_, expected = develop(small, [again])
    assert np.array_equal(np.asarray(Image.open(out / "002.png")), expected.image)
    result = json.loads((out / "result.json").read_text())
    assert result["spec"]["count"] == 3 and result["pictures"][1]["spec"]["seed"] == 8


def test_a_grid_and_a_scout_and_a_tree(ask):
    grid = [
        "--mode",
        "grid",
        "--across",
        "steps",
        "--columns",
        "1,2",
        "--down",
        "prompt",
        "--rows",
        "a cat|a dog",
    ]
    assert ask("--prompt", "a cat", *grid)[0] == 0
    scout = ["--mode", "scout", "--rank", "evenness", "--towards", "a dog", "--count", "2", "--sketch", "2"]
    status, out = ask("--prompt", "a cat", *scout)
    found = json.loads((out / "result.json").read_text())["pictures"]
    assert status == 0 and found[0]["score"] >= found[1]["score"] and len(found[0]["distances"]) == 4
    status, out = ask("--mode", "refine", "--prompt", "a cat", "--tree", "0w100-dog", "--at", "1")
    assert status == 0 and len(json.loads((out / "result.json").read_text())["pictures"]) == 8


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["--prompt", ""], "prompt is empty"),
        (["--prompt", "a cat", "--seed", "-1"], "seed is -1"),
        (["--prompt", "a cat", "--count", "3"], "--count means nothing in the mode 'picture'"),
        (["--prompt", "a cat", "--moves", "w100-a b"], "one word"),
        (["--prompt", "a cat", "--mode", "grid", "--columns", "1,two"], "'1,two'"),
        (["--prompt", "a cat", "--mode", "scout"], "judge knows no pictures"),
        (["--prompt", "a cat", "--mode", "refine", "--at", "3"], "0 to 0"),
    ],
)
def test_bad_arguments_are_exit_code_2_and_one_sentence(ask, capsys, arguments, said):
    status, out = ask(*arguments)
    errors = capsys.readouterr().err
    assert status == 2 and said in errors and len(errors.splitlines()) == 1 and not out.exists()


KINDS = {kind.__name__: kind for kind in (GridSpec, Move, PictureSpec, RefineSpec, ScoutSpec, SeedsSpec)}


def built(node: ast.expr):
    """What an expression of literals, tuples and our own specs says, without executing it."""
    if isinstance(node, ast.Call):
        words = {keyword.arg: built(keyword.value) for keyword in node.keywords}
        return KINDS[node.func.id](*map(built, node.args), **words)
    return tuple(map(built, node.elts)) if isinstance(node, ast.Tuple) else ast.literal_eval(node)


@pytest.mark.parametrize(
    "spec",
    [
        PictureSpec("a cat's tail", (Move("word", 0.5, word="fog"), Move("noise", 1.0, 7)), 3, steps=4),
        SeedsSpec("a cat", 5, scheduler="pndm"),
        ScoutSpec("a cat", "a dog", 8, "evenness"),
        GridSpec("a cat", "prompt", ("a cat, asleep", "a dog"), "steps", (2, 4), guidance=1.0),
        GridSpec("a cat"),
        RefineSpec("a cat", "0w100-dog~1n50-9", 2, ("noise",), 2.0, 3),
    ],
)
def test_the_code_that_a_page_shows_asks_for_what_the_page_asks_for(spec):
    python, line = code.code(spec)
    words = shlex.split(line)
    assert words[:4] == ["python", "-m", "lab", "librarian"]
    assert command.read(cli.build_parser().parse_args(words[3:])) == spec
    said = {node.targets[0].id: node.value for node in ast.parse(python).body if isinstance(node, ast.Assign)}
    assert built(said["spec"]) == spec
