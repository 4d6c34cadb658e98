"""How a morph walks: pace, spacing, noise, held ends, added places; all of it counted in fractions."""

from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from lab.diffusion import MorphSpec, bilinear, budget, morph, paths, sampling, smoothness, spacing
from lab.diffusion import spec as limits
from lab.diffusion.bilinear import BilinearSpec
from lab.diffusion.bisection import bisect, halved
from lab.diffusion.exactness import AloneSpec, alone
from lab.diffusion.itinerary import EASED, between, itinerary, plan
from lab.diffusion.store import Store

PROMPTS = ("a cat", "a dog", "rain and snow")
QUICK = {"steps": 2, "scheduler": "ddim", "guidance": 1.0}
fractions = st.fractions(0, 1, max_denominator=64)


@pytest.mark.parametrize("easing", limits.EASINGS)
@given(t=fractions)
def test_every_pace_keeps_the_ends_and_is_the_same_both_ways(easing, t):
    eased = EASED[easing]
    assert (eased(Fraction(0)), eased(Fraction(1))) == (0, 1)
    assert eased(1 - t) == 1 - eased(t) and 0 <= eased(t) <= 1


@pytest.mark.parametrize("easing", limits.EASINGS)
def test_with_any_pace_the_way_back_mirrors_the_way_there(easing):
    rendered, shown = plan(MorphSpec(PROMPTS, (5, 3), "pingpong", easing=easing))
    assert shown == [*range(9), *range(7, 0, -1)] and len(rendered) == 9


def test_smooth_is_slow_at_the_key_prompts_and_linger_half_way():
    def steps(easing):
        ts = [stop.t for stop in itinerary(MorphSpec(PROMPTS[:2], 8, "none", easing=easing))]
        return np.diff([float(t) for t in ts])

    assert np.allclose(steps("linear"), 1 / 8)
    assert steps("smoother")[0] < steps("smooth")[0] < 1 / 8 < steps("linger")[0]


@given(st.integers(0, 5), st.sampled_from(["ring", "pingpong", "none"]))
def test_held_ends_are_shown_and_not_rendered(hold, loop):
    plain, held = MorphSpec(PROMPTS, 3, loop), MorphSpec(PROMPTS, 3, loop, hold=hold)
    assert plan(held)[0] == plan(plain)[0]
    shown = plan(held)[1]
    assert len(shown) == len(plan(plain)[1]) + hold * (1 if loop == "ring" else 2)
    assert shown[: hold + 1] == [0] * (hold + 1)
    if loop == "none":
        assert shown[-hold - 1 :] == [6] * (hold + 1)


@given(st.lists(st.integers(1, 9), min_size=3, max_size=3))
def test_each_segment_has_its_own_number_of_frames(counts):
    stops = itinerary(MorphSpec(PROMPTS, tuple(counts)))
    assert [sum(stop.segment == s for stop in stops) for s in range(3)] == counts


def test_an_added_place_stands_between_its_neighbours_and_nothing_else_moves():
    spec = MorphSpec(PROMPTS, 4)
    more = replace(spec, added=(between(itinerary(spec), 5),)).validate()
    assert more.added == ("1:3/8",)
    assert [s for s in itinerary(more) if s.t != Fraction(3, 8)] == itinerary(spec)
    assert itinerary(more)[6].t == Fraction(3, 8)


@pytest.mark.parametrize(
    "changes, said",
    [
        ({"easing": "bounce"}, "'bounce' is unknown; choose one of linear, smooth"),
        ({"spacing": "odd"}, "choose one of equal, even"),
        ({"seeds": (1, 2)}, "2 seeds for 3 prompts; give one for each, or none"),
        ({"seeds": (1, 2, -3)}, "seed is -3"),
        ({"hold": 61}, "from 0 to 60"),
        ({"added": ("7:1/2",)}, "on no segment; there are 3"),
        ({"added": ("0:3/2",)}, "'0:3/2' must be a segment and a fraction"),
        ({"added": ("zero",)}, "such as '0:5/32'"),
        ({"added": ("0:1/2",) * 65}, "from 0 to 64"),
    ],
)
def test_bad_walks_are_one_sentence(changes, said):
    with pytest.raises(ValueError) as refusal:
        MorphSpec(PROMPTS, **changes).validate()
    assert said in str(refusal.value) and str(refusal.value).endswith(".")


def test_a_noise_morph_walks_between_the_pictures_of_its_seeds(small):
    frames = list(morph(small, ("a cat", "a cat"), 4, "none", seeds=(7, 8), **QUICK))
    alone = [next(small.render(small.embed(["a cat"]), seed, **QUICK)) for seed in (7, 8)]
    assert np.array_equal(frames[0].image, alone[0]) and np.array_equal(frames[-1].image, alone[1])
    assert len({frame.image.tobytes() for frame in frames}) == 5


def test_noise_on_a_great_circle_stays_noise(small):
    """Its standard deviation is 1 all the way; a straight mean of two noises would have 0.71."""
    seeds = [torch.Generator().manual_seed(seed) for seed in (7, 8)]
    a, b = (sampling.initial_noise(each, (4, 64, 64)).flatten() for each in seeds)
    spread = [float(paths.slerp(a, b, t).std()) for t in (0.25, 0.5, 0.75)]
    assert np.allclose(spread, 1, atol=0.02) and float(paths.lerp(a, b, 0.5).std()) < 0.75


def test_different_noise_makes_different_places_of_one_prompt():
    assert len(plan(MorphSpec(("a", "a"), 3, "none", seeds=(1, 2)))[0]) == 4
    assert len(plan(MorphSpec(("a", "a"), 3, "none", seeds=(1, 1)))[0]) == 1


def grey(level):
    return np.full((16, 16, 3), level, np.uint8)


def greys(levels):
    """Previews at equal steps of t, of these levels."""
    return {Fraction(j, len(levels) - 1): grey(level) for j, level in enumerate(levels)}


def test_a_pace_puts_frames_where_the_picture_changes():
    """Previews that rest, then jump, then rest: half of the way lies within one eighth of t."""
    found = spacing.pace(greys((0, 0, 0, 0, 200, 200, 200, 200, 200)))
    assert found.at(0) == 0 and found.at(1) == 1
    assert 3 / 8 < found.at(0.25) < found.at(0.5) < found.at(0.75) < 4 / 8
    assert np.all(np.diff([found.at(u) for u in np.linspace(0, 1, 50)]) > 0)


def test_the_second_look_finds_where_in_its_step_a_picture_jumps():
    """A picture that turns at t = 0.45 at once: the frames beside the turn stand close to it."""

    def preview(stops):
        asked.append([stop.t for stop in stops])
        return [grey(200 if stop.t > Fraction(45, 100) else 0) for stop in stops]

    asked = []
    found = spacing.pilot(itinerary(MorphSpec(("a", "b"), 8, "none")), preview)[0, 1]
    first, second = asked
    assert first == spacing.first_places() and len(second) == spacing.CLOSER
    assert not set(first) & set(second) and all(Fraction(3, 8) < t < Fraction(4, 8) for t in second)
    assert 0.44 < found.at(0.3) < found.at(0.7) < 0.46
    halves = spacing.closer_places(greys((0, 100, 200)))
    assert halves == [Fraction(k, 10) for k in (1, 2, 3, 4, 6, 7, 8, 9)]  # equal steps, equally divided


def test_a_walk_that_stands_still_keeps_its_steps():
    found = spacing.pace(greys([9] * 9))
    assert np.allclose([found.at(u) for u in (0.1, 0.5, 0.9)], [0.1, 0.5, 0.9])


def test_even_steps_are_predicted_to_be_even_and_keep_the_key_frames(small):
    told = []
    even = list(
        morph(
            small,
            PROMPTS[:2],
            8,
            "pingpong",
            spacing="even",
            progress=lambda done, total: told.append(done / total),
            **QUICK | {"guidance": 2.0},
        )
    )
    plain = list(morph(small, PROMPTS[:2], 8, "pingpong", **QUICK | {"guidance": 2.0}))
    for index in (0, 8):
        assert np.array_equal(even[index].image, plain[index].image)
    ts = [frame.t for frame in even[:9]]
    assert np.all(np.diff(ts[:8]) > 0) and not np.allclose(ts[:8], np.arange(8) / 8, atol=1e-3)
    assert all(even[index].image is even[16 - index].image for index in range(9, 16))
    assert told == sorted(told) and told[-1] == 1
    assert "By the pilot pass the largest step is 1.0 times the mean" in small.remarks[-1]


def test_the_way_back_goes_over_the_same_warped_places():
    stops = itinerary(MorphSpec(("a", "b"), 4, "pingpong"))
    found = {(0, 1): spacing.pace(greys((0, 5, 9, 99, 120, 121, 122, 123, 200)))}
    weights = [spacing.weight(stop, found) for stop in stops]
    assert np.allclose(weights[5:], [1 - weights[k] for k in (3, 2, 1)])


def test_the_prediction_is_the_largest_step_over_the_mean():
    stops = itinerary(MorphSpec(("a", "b"), 8, "none"))
    levels = (0, 10, 20, 30, 110, 120, 130, 140, 150)
    found = {(0, 1): spacing.pace(greys(levels))}
    steps = np.diff(levels) + spacing.REST * np.diff(levels).mean()
    assert spacing.predicted(stops, found, even=False) == pytest.approx(steps.max() / steps.mean())
    assert spacing.predicted(stops, found) == pytest.approx(1)


def test_the_distance_of_two_pictures_is_a_distance():
    rng = np.random.default_rng(1)
    a, b, c = (rng.integers(0, 256, (32, 32, 3), dtype=np.uint8) for _ in range(3))
    d = smoothness.distance
    assert d(a, a) == 0 and d(a, b) == d(b, a) > 0 and d(a, c) <= d(a, b) + d(b, c) + 1e-6
    assert d(grey(0), grey(255)) == pytest.approx(255)


def test_a_moved_edge_is_nearer_than_a_changed_colour():
    edge, moved = grey(0), grey(0)
    edge[:, 8:], moved[:, 9:] = 200, 200
    assert smoothness.distance(edge, moved) < smoothness.distance(edge, grey(100))


def test_the_meter_finds_the_jump_also_around_the_end():
    film = [grey(level) for level in (0, 10, 20, 120, 130)]
    assert smoothness.measure(film).worst == 2 and len(smoothness.measure(film).steps) == 4
    around = smoothness.measure(film, closed=True)
    assert around.worst == 4 and len(around.steps) == 5
    assert smoothness.measure([grey(1)] * 3).ratio == 1


def test_the_largest_step_is_halved_again_and_again():
    spec = MorphSpec(("a", "b"), 4, "none")
    film = [grey(level) for level in (0, 10, 100, 110, 120)]
    once = halved(spec, film)
    assert once.added == ("0:3/8",)
    twice = halved(once, [grey(level) for level in (0, 10, 20, 100, 110, 120)])
    assert twice.added == ("0:3/8", "0:7/16")


def test_a_jump_on_the_way_back_is_mended_on_the_way_there():
    spec = MorphSpec(("a", "b"), 2, "pingpong")
    film = [grey(level) for level in (0, 0, 9, 200)]
    assert halved(spec, film).added == ("0:1/4",)  # three quarters of the way back


def test_bisecting_renders_one_frame_a_round(small):
    calls = []
    hook = small.vae.decoder.register_forward_pre_hook(lambda *arguments: calls.append(1))
    spec = MorphSpec(PROMPTS[:2], 3, "none", **QUICK, model=small.name)
    try:
        rounds = list(bisect(small, spec, 2, Store()))
    finally:
        hook.remove()
    assert [len(each.images) for each in rounds] == [4, 5, 6] and len(calls) == 6


def test_one_frame_alone_is_the_frame_of_the_film(small):
    spec = MorphSpec(PROMPTS, 3, seeds=(7, 8, 9), spacing="even", **QUICK, model=small.name)
    frames = list(morph(small, PROMPTS, 3, seeds=(7, 8, 9), spacing="even", **QUICK))
    (picture,) = alone(small, AloneSpec(spec.with_defaults(small.defaults), 4, frames[4].t))
    assert np.array_equal(picture, frames[4].image)
    with pytest.raises(ValueError, match="the frame is 10"):
        alone(small, AloneSpec(spec, 9, 0.0))


def test_the_grid_has_its_prompts_at_the_corners_and_morphs_at_the_edges(small):
    corners = ("a cat", "a dog", "rain", "snow")
    spec = BilinearSpec(corners, 3, **QUICK, model=small.name)
    cells = list(bilinear.bilinear(small, spec))
    expected = list(small.render(small.embed(corners), 42, **QUICK))
    assert all(
        np.array_equal(cells[k].image, picture) for k, picture in zip((0, 2, 6, 8), expected, strict=True)
    )
    edge = list(morph(small, corners[:2], 2, "none", **QUICK))
    assert np.abs(cells[1].image.astype(int) - edge[1].image).max() <= 2
    assert (cells[5].x, cells[5].y) == (1.0, 0.5)


def test_every_prompt_is_encoded_once(small):
    read = []
    hook = small.text_encoder.register_forward_pre_hook(lambda *arguments: read.append(1))
    try:
        list(morph(small, PROMPTS, 9, **QUICK))
    finally:
        hook.remove()
    assert len(read) == 3


@pytest.mark.parametrize("changes", [{}, {"spacing": "even"}, {"guidance": 3.0}, {"loop": "pingpong"}])
def test_cheaper_choices_cost_less_and_the_budget_counts_what_is_called(small, changes):
    spec = MorphSpec(PROMPTS, 8, **QUICK | {"steps": 12} | changes, model=small.name)
    before = small.called
    list(morph(small, PROMPTS, 8, **QUICK | {"steps": 12} | changes))
    assert small.called - before == budget.calls(spec)
    rungs = budget.ladder(spec, small.defaults)
    assert [rung.share for rung in rungs] == sorted((rung.share for rung in rungs), reverse=True)
    assert all(budget.calls(rung.spec) == round(rung.share * budget.calls(spec)) for rung in rungs)
    assert {"half the frames", "8 steps"} <= {rung.title for rung in rungs}
    assert all(rung.spec.validate() for rung in rungs)


@given(st.integers(2, 12))
def test_weights_of_the_grid_are_a_mean(side):
    weights = bilinear.weights(side)
    assert np.allclose(weights.sum(1), 1) and weights.min() >= 0 and len(weights) == side**2
