"""The catalog, and what hangs on it: pages, presets in babel's words, films."""

import re

import pytest

from lab import catalog, gallery, presets
from lab.diffusion import folder
from lab.diffusion.morph import itinerary
from lab.exports import MILLISECONDS
from lab.figures.morph import read_film

OPEN = catalog.open_rooms()


def test_words_are_words_and_there_is_one_of_each():
    words = [experiment.word for experiment in catalog.EXPERIMENTS]
    assert len(set(words)) == len(words)
    assert all(re.fullmatch("[a-z]+", word) for word in words)


@pytest.mark.parametrize("experiment", catalog.EXPERIMENTS, ids=lambda e: e.word)
def test_an_entry_is_complete(experiment):
    assert experiment.section in catalog.SECTIONS
    assert experiment.sources and all(experiment.sources)
    assert re.fullmatch(r":material/\w+:", experiment.icon)
    assert experiment.sentence.endswith(".") and len(experiment.sentence) <= 120
    assert catalog.by_word(experiment.word) is experiment


def test_an_unknown_word_is_named():
    with pytest.raises(KeyError, match="no experiment 'morf'"):
        catalog.by_word("morf")


def test_sections_hold_the_open_rooms_and_no_other():
    shown = [experiment for rooms in catalog.rooms_by_section().values() for experiment in rooms]
    assert sorted(e.word for e in shown) == sorted(e.word for e in OPEN)
    assert "morph" in {e.word for e in shown}
    assert {path.stem for path in (catalog.ROOT / "pages").glob("*.py")} == {e.word for e in OPEN}


@pytest.mark.parametrize("experiment", OPEN, ids=lambda e: e.word)
def test_presets_have_titles_of_their_own(experiment):
    titles = [preset.title for preset in presets.read(experiment.word)]
    assert len(set(titles)) == len(titles)


MORPHS = presets.read("morph")


def test_there_are_a_dozen_walks_and_the_posts_come_first():
    assert len(MORPHS) >= 12
    first = gallery.morph_of(MORPHS[0])
    assert "street" in first.prompts[0] and "forest" in first.prompts[1]
    assert len(gallery.morph_of(MORPHS[2]).prompts) == 5


@pytest.mark.parametrize("preset", MORPHS, ids=lambda preset: preset.title)
def test_a_walk_can_be_rendered_in_words_that_babel_knows(preset):
    from lab.babel.illustrator import WORDS

    known = frozenset(word.lower() for word in WORDS)
    spec = gallery.morph_of(preset).validate()
    assert not [word for prompt in spec.prompts for word in folder.unknown_words(prompt, known)]
    assert preset.note.endswith(".")


def test_the_cover_can_be_rendered():
    assert gallery.COVER_MORPH.validate().loop == "ring"
    assert next(iter(gallery.films())) == gallery.COVER


@pytest.mark.parametrize(
    "path", [path for path in gallery.films() if path.is_file()], ids=lambda path: path.stem
)
def test_a_shipped_film_has_a_frame_for_every_stop(path):
    frames = read_film(path, MILLISECONDS)
    assert len(frames) == len(itinerary(gallery.films()[path]))
    assert all(frame.shape == frames[0].shape and frame.dtype == "uint8" for frame in frames)
