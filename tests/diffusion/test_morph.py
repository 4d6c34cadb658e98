"""Morph: which frames there are, where they stand, what is rendered and what is only shown again."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.diffusion import MorphSpec, morph
from lab.diffusion.morph import itinerary, plan

PROMPTS = ("a cat", "a dog", "rain and snow")


@st.composite
def walks(draw):
    """Specs of walks over 2 to 5 prompts, frames given once or for each segment."""
    count, loop = draw(st.integers(2, 5)), draw(st.sampled_from(["ring", "pingpong", "none"]))
    segments = count - (loop != "ring")
    each = st.lists(st.integers(1, 9), min_size=segments, max_size=segments).map(tuple)
    return MorphSpec(tuple("abcde"[:count]), draw(st.integers(1, 20) | each), loop)


@given(walks())
def test_no_frame_is_doubled_not_even_around_the_end(spec):
    places = [stop.place for stop in itinerary(spec)]
    around = places + places[:1] if spec.loop != "none" and len(places) > 1 else places
    assert all(here != there for here, there in zip(around, around[1:], strict=False))


@given(walks())
def test_frame_j_of_a_segment_is_at_j_over_frames(spec):
    counts = spec.segment_frames()
    forward = [stop for stop in itinerary(spec) if stop.segment < len(counts) and stop.t < 1]
    assert [(s.segment, s.t) for s in forward] == [
        (k, Fraction(j, n)) for k, n in enumerate(counts) for j in range(n)
    ]


@given(walks())
def test_every_key_prompt_is_visited_exactly(spec):
    visited = {key for stop in itinerary(spec) for key, weight in stop.place if weight == 1}
    assert visited == set(range(len(spec.prompts)))


@given(walks())
def test_no_place_is_rendered_twice_and_every_stop_shows_its_place(spec):
    rendered, shown = plan(spec)
    assert len({stop.place for stop in rendered}) == len(rendered)
    assert [rendered[number].place for number in shown] == [stop.place for stop in itinerary(spec)]


@given(walks())
def test_the_way_back_mirrors_the_way_there(spec):
    spec = replace(spec, frames=spec.segment_frames()[: len(spec.prompts) - 1], loop="pingpong")
    rendered, shown = plan(spec)
    there = sum(spec.frames)
    assert shown == [*range(there + 1), *range(there - 1, 0, -1)]


def test_a_ring_of_two_prompts_goes_back_over_the_same_frames():
    assert plan(MorphSpec(("a", "b"), 3))[1] == [0, 1, 2, 3, 2, 1]


def test_a_prompt_given_twice_is_one_place():
    assert plan(MorphSpec(("a", "b", "a", "c"), 1))[1] == [0, 1, 0, 2]
    assert plan(MorphSpec(("a", "a"), 3))[1] == [0] * 6


def test_a_ring_of_five_in_sixteen_frames_has_eighty():
    spec = MorphSpec(tuple("abcde"))
    last = itinerary(spec)[-1]
    assert len(itinerary(spec)) == len(plan(spec)[0]) == 80
    assert (last.segment, last.t, last.start, last.end) == (4, Fraction(15, 16), 4, 0)


def test_without_a_loop_the_last_key_prompt_is_the_last_frame():
    stops = itinerary(MorphSpec(("a", "b"), loop="none"))
    assert len(stops) == 17 and (stops[-1].segment, stops[-1].t, stops[-1].end) == (0, 1.0, 1)


@pytest.mark.parametrize("loop", ["ring", "none", "pingpong"])
@pytest.mark.parametrize("interpolation", ["lerp", "slerp"])
def test_key_frames_are_the_pictures_of_the_key_prompts(small, loop, interpolation):
    frames = list(morph(small, PROMPTS, 3, loop, seed=5, interpolation=interpolation))
    expected = list(small.render(small.embed(PROMPTS), 5, **small.defaults))
    keys = [frame.image for frame in frames if frame.t in (0, 1)]
    assert all(np.array_equal(*pair) for pair in zip(keys, expected, strict=False))
    assert [frame.index for frame in frames] == list(range(len(frames)))
    assert len(keys) == {"ring": 3, "none": 3, "pingpong": 4}[loop]


def test_a_ping_pong_renders_nothing_twice(small):
    calls = []
    hook = small.vae.decoder.register_forward_pre_hook(lambda decoder, inputs: calls.append(1))
    try:
        frames = list(morph(small, PROMPTS, (2, 3), "pingpong", steps=1))
    finally:
        hook.remove()
    assert len(frames) == 10 and len(calls) == 6
    assert all(frames[k].image is frames[10 - k].image for k in range(6, 10))


@settings(deadline=None, max_examples=4)
@given(walks().filter(lambda spec: len(plan(spec)[0]) <= 12))
def test_all_stops_are_shown(small, spec):
    frames = list(morph(small, spec.prompts, spec.frames, spec.loop, steps=1, guidance=1.0))
    assert [(f.segment, f.t) for f in frames] == [(s.segment, float(s.t)) for s in itinerary(spec)]


def test_a_cancelled_morph_keeps_its_finished_frames(small):
    done = []
    frames = morph(
        small,
        PROMPTS[:2],
        4,
        "pingpong",
        steps=3,
        cancelled=lambda: len(done) > 3,
        progress=lambda *counts: done.append(counts),
    )
    assert [frame.index for frame in frames] == [0, 1, 2, 3]


def test_what_is_left_open_is_the_default_of_the_model(small):
    one = next(morph(small, PROMPTS))
    two = next(morph(small, PROMPTS, steps=4, guidance=2.0, scheduler="dpm++2m"))
    assert np.array_equal(one.image, two.image)


def test_a_morph_is_refused_before_any_work(small):
    with pytest.raises(ValueError, match="2 to 16 prompts"):
        morph(small, ["a cat"])


def test_specs_are_values():
    spec = MorphSpec(PROMPTS)
    assert spec == replace(spec) and hash(spec) == hash(replace(spec))
