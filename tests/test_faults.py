"""Weights that are missing or damaged: one sentence in the rooms that need them, and the rest goes on."""

import shutil

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from lab import catalog, checksums
from lab.babel.judge import open_judge
from lab.diffusion import folder, likeness, load, store
from tests import test_model_choice
from tests.diffusion import tiny

FACTS = {"steps": 2, "guidance": 1.0, "scheduler": "ddim"}
WEIGHTS = "vae/diffusion_pytorch_model.safetensors"
SMALL = (
    "model_index.json",
    "latent_library.json",
    "words.txt",
    "tokenizer/tokenizer.json",
    "vae/config.json",
)


def missing(file):
    file.unlink()


def cut(file):
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def flipped(file):
    """The lowest bit of one byte in the middle of the weights: a file that every reader would take."""
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)


def junk(file):
    file.write_bytes(b"\xff\x00{[" * 7)


FAULTS = {missing: "is missing", cut: "is damaged", flipped: "is damaged"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """A tiny pipeline with its list of checksums."""
    place = tiny.build(tmp_path_factory.mktemp("whole"), facts=FACTS)
    (place / "words.txt").write_text("a\ncat\n", encoding="utf-8")
    checksums.write(place)
    return place


@pytest.fixture
def babel(whole, tmp_path, monkeypatch):
    """A copy of it in babel's place, to be damaged."""
    copy = shutil.copytree(whole, tmp_path / "babel")
    monkeypatch.setenv("LATENT_LIBRARY_BABEL", str(copy))
    st.cache_resource.clear()
    yield copy
    st.cache_resource.clear()


def pressed(word):
    """A room in which somebody presses Render; its job is over."""
    app = test_model_choice.opened(word)
    assert not app.exception and not app.warning
    job = test_model_choice.rendered(app, word)
    return job, app.run()


ROOMS = list(zip(test_model_choice.ROOMS, [missing, cut, flipped] * 2, strict=True))


@pytest.mark.parametrize(("word", "fault"), ROOMS, ids=lambda value: getattr(value, "__name__", value))
def test_a_room_says_in_one_sentence_which_weights_are_not_as_they_were(babel, word, fault):
    fault(babel / WEIGHTS)
    job, app = pressed(word)
    assert job.error.startswith(f"Babel's file {WEIGHTS} {FAULTS[fault]}; put it back from where")
    shown = [warning.value.replace("\\", "") for warning in app.warning]
    assert shown == [job.error] and not app.exception and not job.items


@pytest.mark.parametrize("word", ["morph", "latents"])
def test_small_files_full_of_junk_let_a_room_open_and_say_so_on_the_press(babel, word):
    for name in SMALL:
        junk(babel / name)
    job, app = pressed(word)
    assert "is damaged, and 4 more are not as they should be" in job.error
    assert len(app.warning) == 1 and not app.exception


def test_without_babel_its_rooms_say_so_and_the_others_go_on(babel):
    shutil.rmtree(babel)
    job, app = pressed("variations")
    assert job.error.startswith("Babel is not there") and len(app.warning) == 1 and not app.exception
    pages = [catalog.ROOT / "Home.py", *(catalog.by_word(word).page for word in ("similarity", "roshambo"))]
    for page in pages:
        app = AppTest.from_file(str(page), default_timeout=test_model_choice.PATIENCE).run()
        assert app.title and not app.exception and not app.warning


def test_a_file_that_is_put_back_is_taken_without_a_restart(babel, whole):
    flipped(babel / WEIGHTS)
    with pytest.raises(ValueError, match="is damaged"):
        load(device="cpu")
    shutil.copy(whole / WEIGHTS, babel / WEIGHTS)
    assert load(device="cpu").hash == folder.weights_hash(whole)


def test_a_list_that_is_damaged_is_named_and_a_model_without_one_is_loaded(babel):
    junk(babel / checksums.LIST)
    with pytest.raises(ValueError, match=r"babel's file checksums.json is damaged"):
        load(device="cpu")
    (babel / checksums.LIST).unlink()
    flipped(babel / WEIGHTS)
    assert load(device="cpu").name == "babel"


def test_line_ends_of_another_system_are_no_damage(babel):
    words = babel / "words.txt"
    words.write_bytes(words.read_bytes().replace(b"\n", b"\r\n"))
    checksums.check(babel, "babel")
    words.write_bytes(words.read_bytes() + b"x")
    with pytest.raises(ValueError, match=r"babel's file words.txt is damaged; put it back"):
        checksums.check(babel, "babel")


@pytest.mark.parametrize("place", ["babel", "judge", "classifier"])
def test_the_lists_that_ship_are_those_of_the_files(place):
    shipped = catalog.ROOT / "data" / place
    assert list(shipped.rglob("*.safetensors")) and (shipped / checksums.LIST).is_file()
    checksums.check(shipped, place)
    assert "git restore data/" + place in checksums.mend(shipped)


def test_a_damaged_judge_is_left_out_and_the_blends_are_rendered(babel, tmp_path, monkeypatch):
    judge = shutil.copytree(likeness.JUDGE, tmp_path / "judge")
    flipped(judge / "judge.safetensors")
    monkeypatch.setattr(likeness, "JUDGE", judge)
    job, app = pressed("mix")
    assert not job.error and not app.exception and not app.warning
    assert set(job.items[-1].recipe["likeness"]) == {"pixels", "text"}
    assert [remark for remark in job.remarks if "the judge's file judge.safetensors is damaged" in remark]
    with pytest.raises(ValueError, match=r"the judge's file judge.safetensors is damaged"):
        open_judge(judge)


def test_where_the_cache_cannot_be_written_a_morph_is_rendered_and_one_sentence_says_so(
    babel, tmp_path, monkeypatch
):
    (tmp_path / "taken").write_text("a file in the way")
    monkeypatch.setenv(store.VARIABLE, str(tmp_path / "taken"))
    job, app = pressed("morph")
    assert not job.error and len(job.items) == 2 and not app.warning and not app.exception
    assert sum("Frames are not kept for next time" in caption.value for caption in app.caption) == 1
