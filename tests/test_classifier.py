"""The classifier by which babel is measured: what it is taught, what it knows of drawings it never saw."""

import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from lab.babel import corpus
from lab.babel.autoencoder import to_tensor
from lab.babel.classifier import augmented, main, open_classifier
from lab.babel.emphasis import HEADS, middle, small_heads
from lab.babel.illustrator import (
    PEOPLE,
    SIZE,
    Scene,
    attributes,
    blended,
    caption,
    draw,
    held_out,
    small_person,
    unblended,
    view,
    whole_caption,
)
from lab.babel.illustrator.phrases import SEASON
from lab.babel.illustrator.scene import HEAD
from lab.babel.report import accuracy, draw_all
from lab.babel.wording import SMALL_PEOPLE, chances
from lab.catalog import ROOT


@pytest.fixture(scope="module")
def classifier():
    """The one that ships."""
    return open_classifier(ROOT / "data/classifier")


@pytest.mark.parametrize("split", ["valid", "held_out"])
def test_it_names_what_drawings_show_that_it_never_saw(classifier, split):
    scenes = corpus.unblended_scenes(split, 80)
    drawn = draw_all(scenes, SIZE)
    right = accuracy(classifier, drawn, scenes)
    assert (
        min(right[name] for name in ("place", "weather", "time", "style", "view", "role", "person")) >= 0.95
    )
    strangers = accuracy(classifier, np.roll(drawn, 1, 0), scenes)
    assert strangers["place"] < 0.35 and strangers["person"] < 0.5


def test_people_at_each_distance_make_up_the_people(classifier):
    scenes = corpus.unblended_scenes("valid", 60)
    right = accuracy(classifier, draw_all(scenes, SIZE), scenes)
    counts = {
        name: sum(s.named and view(s) == name for s in scenes) for name in ("figure", "half", "portrait")
    }
    together = sum(right.get(f"person, {name}", 0) * count for name, count in counts.items())
    assert right["person"] == pytest.approx(together / sum(counts.values()))


def test_it_is_taught_every_combination_without_blends_and_small_people_most():
    scenes = corpus.scenes(corpus.CLASSIFIER, 400)
    assert not any(blended(scene) for scene in scenes)
    assert all(map(small_person, scenes[1::2])) and not all(map(small_person, scenes[::2]))
    assert 0.02 < np.mean([held_out(scene) for scene in scenes]) < 0.15
    others = {unblended(scene) for split in ("valid", "held_out") for scene in corpus.scenes(split, 200)}
    assert not others & set(scenes)


def test_a_moved_batch_holds_the_same_pixels_and_a_softened_one_their_means():
    pictures = torch.rand(2, 3, 32, 32)
    found = [augmented(pictures, np.random.default_rng(seed)) for seed in range(12)]
    moved = [each for each in found if torch.isin(each, pictures).all()]
    softened = [each for each in found if torch.isin(each, pictures).float().mean() < 0.01]
    assert len(moved) + len(softened) == 12 and moved and softened
    assert len({float(each[0, 0, 9, 9]) for each in moved}) > 1
    assert max(each.var() for each in softened) < min(each.var() for each in moved)


def test_it_is_trained_by_a_command_and_goes_on_where_it_was_stopped(tmp_path, capsys):
    asked = ["--out", str(tmp_path / "work"), "--drawings", "12", "--classifier", str(tmp_path / "found")]
    main([*asked, "--minutes", "0.01"])
    first = torch.load(tmp_path / "work/classifier.pt", weights_only=True)["spent"]
    main([*asked, "--minutes", str(first[0] / 60 + 0.01)])
    seconds, seen, steps = torch.load(tmp_path / "work/classifier.pt", weights_only=True)["spent"]
    assert seconds > first[0] and seen > first[1] and steps > first[2] >= 1
    found = open_classifier(tmp_path / "found")
    logits = found.network(to_tensor(draw_all(corpus.scenes("train", 2), SIZE)))
    assert {name: each.shape[1] for name, each in logits.items()} == {
        name: len(values) for name, values in found.network.attributes.labels.items()
    }
    (tmp_path / "found/classifier.safetensors").write_bytes(b"")
    with pytest.raises(ValueError, match=r"the classifier's file classifier.safetensors is damaged"):
        open_classifier(tmp_path / "found")


def test_a_season_is_labelled_where_captions_may_say_it():
    rng = np.random.default_rng(0)

    def said(words):
        return {
            season
            for season, phrases in SEASON.items()
            if any(re.search(rf"\b{phrase}\b", words) for phrase in phrases)
        }

    scenes = corpus.unblended_scenes("valid", 300)
    for scene in scenes:
        labelled = {attributes(scene).get("season")} - {None}
        assert said(whole_caption(scene, rng)) == labelled and said(caption(scene, rng)) <= labelled
    assert any("season" in attributes(scene) for scene in scenes)


def test_the_error_counts_most_where_heads_and_the_signs_of_the_hour_stand():
    counts = middle(16)[0, 0]
    assert counts.mean().item() == pytest.approx(1) and torch.allclose(counts, counts.flip(1))
    head, sun, corner = counts[10, 8], counts[4, 8], counts[0, 0]
    assert head > 2 * corner and sun > 2 * corner


def test_small_people_with_names_are_seen_more_often():
    scenes = corpus.scenes("train", 300)
    often = chances(scenes)
    small = np.array([small_person(scene) for scene in scenes])
    assert often.sum() == pytest.approx(1) and small.any()
    assert np.allclose(often[small] / often[~small][0], SMALL_PEOPLE) and np.ptp(often[~small]) == 0


@pytest.mark.parametrize("distance", ["figure", "half"])
def test_the_error_counts_more_where_a_small_named_head_is_drawn(distance):
    """The head is where two people differ: there, and hardly elsewhere, the error counts more."""
    scene = Scene(head=HEAD[distance], named=True)
    drawn = [draw(replace(scene, person_a=name, person_b=name), SIZE).astype(float) for name in PEOPLE]
    differ = np.ptp(drawn, 0).mean(-1).reshape(16, SIZE // 16, 16, SIZE // 16).mean((1, 3))
    counts = small_heads([scene, replace(scene, named=False), None], 16)
    assert counts[0].mean().item() == pytest.approx(1 + HEADS) and (counts[1:] == 1).all()
    more = counts[0, 0].numpy() > 1
    assert differ[more].mean() > 4 * differ[~more].mean()
