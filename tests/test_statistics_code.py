"""What the statistics pages say one can do, done: the shown Python runs, the shown command writes."""

import json
import runpy
import shlex
import time
from types import SimpleNamespace
from urllib.parse import parse_qsl

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog, cli
from lab.diffusion.collection import Collection
from lab.diffusion.spec import MorphSpec
from lab.diffusion.variations_spec import VariationsSpec
from lab.presets import read
from lab.tables import reading
from lab.views import bridges
from tests.diffusion import tiny

PATIENCE = 120
HEAD = "one,two,three,four,kind,code,name"
LINES = [
    f"{i},{i * i % 17},{'' if i == 3 else i % 5},{3 * i},{'ab'[i % 2]},{'xyz'[i % 3]},n{i}" for i in range(40)
]
FILE = "\n".join([HEAD, *LINES, ""]).encode()


@pytest.fixture(scope="module")
def babel(tmp_path_factory):
    """A tiny pipeline in babel's place."""
    folder = tmp_path_factory.mktemp("babel")
    with tiny.in_babels_place(
        folder, {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}, " ".join(f"word{i}" for i in range(12))
    ):
        yield folder


def opened(word, **state):
    """A page with some of its state set, when whatever it waits for has come."""
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=PATIENCE)
    for key, value in state.items():
        app.session_state[key] = value
    app.run()
    patience = time.monotonic() + PATIENCE
    while not app.code and not app.warning and time.monotonic() < patience:
        time.sleep(0.5)  # babel reads the prompts in the engine's thread
        app.run()
    assert not app.exception and not app.warning, [warning.value for warning in app.warning]
    return app


def followed(app, folder, monkeypatch):
    """What the shown Python leaves behind, and the folder that the shown command filled."""
    python, command = (block.value for block in app.code)
    monkeypatch.chdir(folder)
    script = folder / "shown.py"
    script.write_text(python, encoding="utf-8")
    words = shlex.split(command)
    assert words[:3] == ["python", "-m", "lab"]
    assert cli.main(words[3:]) == 0
    return SimpleNamespace(**runpy.run_path(str(script))), folder / words[-1]


STEPS = {
    "direction": dict(step="direction", angle=33),
    "matrix": dict(step="matrix", data="wine", k=3),
    "duality": dict(step="duality", data="iris"),
    "centring": dict(step="centring", distance=7.5, toward=45),
    "rbf": dict(step="kernels", similarity="rbf", gamma=0.7),
    "polynomial": dict(step="kernels", similarity="polynomial", gamma=0.3, degree=3),
    "cosine": dict(step="kernels", similarity="cosine"),
    "distances": dict(step="kernels", similarity="distances"),
    "real": {"step": "real", "data": "wine", "k real": 4, "view": "space"},
    "digits": {"step": "real", "data": "digits", "k real": 9, "view": "plane", "sample": 17},
}


@pytest.mark.parametrize("case", STEPS)
def test_the_shown_code_and_command_of_a_step_work(case, tmp_path, monkeypatch):
    app = opened("similarity", **STEPS[case])
    left, out = followed(app, tmp_path, monkeypatch)
    step = "distances" if case == "distances" else STEPS[case]["step"]
    for ending, start in (("svg", b"<svg"), ("pdf", b"%PDF"), ("png", b"\x89PNG")):
        assert (out / f"{step}.{ending}").read_bytes().startswith(start)
    assert len((out / f"{step}.csv").read_text().splitlines()) > 2
    assert left.figures and all(figure.data for figure in left.figures.values())


def test_the_shown_code_keeps_the_state_of_the_page(tmp_path, monkeypatch):
    left, out = followed(opened("similarity", **STEPS["real"]), tmp_path, monkeypatch)
    told = json.loads((out / "result.json").read_text())
    assert len(told["explained variance"]) == 4 and told["samples"] == 178
    np.testing.assert_allclose(left.result.found.explained_variance, told["explained variance"])
    assert left.figures["scores"].data[0].type == "scatter3d"
    np.testing.assert_allclose(left.table.matrix().std(0), 1)  # standardised, as the page does with wine


@pytest.mark.parametrize("kind", ["dictionary", "path", "cloud"])
@pytest.mark.parametrize("word", ["similarity", "multiwindow"])
def test_the_shown_code_and_command_of_prompts_work(word, kind, babel, tmp_path, monkeypatch):
    own = {"path": dict(path="a cat\na dog\nword3", leg=6), "cloud": dict(around="a cat", count=30)}.get(
        kind, {}
    )
    app = opened(word, step="real", data="prompts", prompts=kind, **own)
    left, out = followed(app, tmp_path, monkeypatch)
    assert len(left.table) == {"dictionary": 12, "path": 18, "cloud": 30}[kind]
    assert list(out.glob("*.pdf"))


@pytest.fixture
def own_table(monkeypatch, tmp_path):
    """A visitor's own file, as if it had been dropped on the page (AppTest cannot drop one)."""
    (tmp_path / "mine.csv").write_bytes(FILE)
    brought = reading.read_table(FILE, "mine.csv")
    monkeypatch.setattr("lab.views.tables._brought", lambda: brought)
    monkeypatch.setattr("lab.views.tables.file_name", lambda: "mine.csv")
    return brought


@pytest.mark.parametrize("way", ["drop", "median"])
def test_columns_gaps_and_colours_of_ones_own_table_are_in_the_code(way, own_table, tmp_path, monkeypatch):
    state = dict(step="real", data="own", missing=way, features=["three", "one"], colour="code")
    left, out = followed(opened("similarity", **state), tmp_path, monkeypatch)
    assert list(left.table.columns) == ["three", "one"] and len(left.table) == (39 if way == "drop" else 40)
    assert [trace.name for trace in left.figures["scores"].data] == ["x", "y", "z"]
    assert json.loads((out / "result.json").read_text())["samples"] == len(left.table)


@pytest.mark.parametrize("way", ["drop", "median", "keep"])
def test_gaps_in_windows_are_in_the_code(way, own_table, tmp_path, monkeypatch):
    roles = dict(right="three", up="one", x="two", y="four", colour="kind")
    left, out = followed(opened("multiwindow", data="own", missing=way, **roles), tmp_path, monkeypatch)
    assert len(left.result.corner) == (39 if way == "drop" else 40)
    assert len(left.result.homeless) == (1 if way == "keep" else 0)
    last = (out / "windows.csv").read_text().splitlines()[-1]
    assert last.startswith("all,all") and last.endswith(str(len(left.result.corner)))


@pytest.mark.parametrize("word", ["similarity", "multiwindow"])
def test_a_morph_and_a_walk_lead_to_their_tables(word):
    """The link that a room offers, read as the statistics rooms read it."""
    morph = MorphSpec(("a cat", "a dog & more", "a + b"), frames=5)
    walk = VariationsSpec("a cat", count=12, sigma=0.05, walk_seed=7)
    for spec, send in ((morph, bridges.path), (walk, bridges.cloud)):
        links = []
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(bridges.st, "link_button", lambda label, url, kept=links, **how: kept.append(url))
            send(spec)
        assert len(links) == 2
        page, _, query = next(link for link in links if link.startswith(word)).partition("?")
        state = dict(parse_qsl(query))
        assert page == word and state.pop("data") == "prompts"
        if spec is morph:
            assert state["prompts"] == "path" and state["leg"] == "5"
            asked = Collection("path", tuple(state["path"].splitlines()), int(state["leg"]))
            assert asked.morph.prompts == morph.prompts and asked.morph.frames == morph.frames
        else:
            numbers = {
                name: type(getattr(Collection(), name))(state[name])
                for name in ("count", "sigma", "pull", "seed")
            }
            asked = Collection("cloud", (state["around"],), **numbers)
            assert asked.variations == walk


@pytest.mark.parametrize("preset", read("similarity"), ids=lambda preset: preset.title)
def test_every_preset_is_shown_as_chosen(preset, babel):
    app = opened("similarity", **preset.values)
    chosen = app.session_state["similarity preset"]
    assert chosen == preset.title
