"""The librarian: every picture is its call number, in whatever company it was asked for."""

import json
import math
from dataclasses import asdict, replace

import numpy as np
import pytest
import torch

from lab.diffusion import preview
from lab.diffusion.librarian import (
    Glimpse,
    GridSpec,
    Move,
    Picture,
    PictureSpec,
    RefineSpec,
    ScoutSpec,
    SeedsSpec,
    Tree,
    develop,
    picture,
    propose,
    ranked,
    scout,
)
from lab.diffusion.librarian.grid import read_values, write_values
from lab.diffusion.librarian.picture import CLOUD, EMBEDDING_STEP, NOISE_STEP, embedding, initial_noise
from lab.diffusion.librarian.scout import STOPS, evenness
from tests.diffusion.conftest import FACTS

CAT = PictureSpec("a cat", seed=7)
WALK = (Move("word", 1.0, word="dog"), Move("embedding", 0.5, 3), Move("noise", 2.0, 99))


def pictures(items):
    return {item.index: item for item in items if isinstance(item, Picture)}


def alone(model, spec):
    """The same picture by ``Model.render`` alone."""
    whole = spec.with_defaults(model.defaults)
    place = embedding(model, whole)[None]
    sampling = (whole.seed, whole.steps, whole.guidance, whole.scheduler, whole.negative)
    return next(model.render(place, *sampling, noise=initial_noise(model, whole)[None]))


def test_a_picture_is_the_model_s_picture_of_prompt_and_seed(small):
    (expected,) = small.render(small.embed(["a cat"]), 7, **small.defaults)
    found = picture(small, "a cat", seed=7)
    assert np.array_equal(found.image, expected)
    assert (found.spec.steps, found.spec.guidance, found.spec.scheduler) == (4, 2.0, "dpm++2m")


@pytest.mark.parametrize("scheduler", ["dpm++2m", "euler_a", "lcm"])
def test_every_picture_of_a_mixed_list_is_bit_equal_to_the_picture_alone(small, scheduler):
    specs = [
        replace(CAT, scheduler=scheduler),
        replace(CAT, steps=2),
        replace(CAT, scheduler=scheduler, seed=8, moves=WALK),
        replace(CAT, prompt="a dog", scheduler=scheduler),
        replace(CAT, guidance=1.0),
        replace(CAT, scheduler=scheduler, negative="rain"),
    ]
    found = pictures(develop(small, specs))
    assert sorted(found) == list(range(6))
    for index, spec in enumerate(specs):
        assert np.array_equal(found[index].image, alone(small, spec)), spec


def test_what_is_known_is_not_rendered_and_what_is_finished_becomes_known(small):
    known, calls = {}, []
    hook = small.unet.register_forward_pre_hook(lambda unet, inputs: calls.append(1))
    try:
        first = pictures(develop(small, SeedsSpec("a cat", 3, 7).pictures(), known=known))
        cost = len(calls)
        again = pictures(develop(small, SeedsSpec("a cat", 3, 7).pictures(), known=known))
        assert cost > 0 and len(calls) == cost
        more = pictures(develop(small, SeedsSpec("a cat", 4, 7).pictures(), known=known))
        assert len(calls) == cost + 4  # one batch for the one new seed
    finally:
        hook.remove()
    assert all(first[k].image is again[k].image is more[k].image for k in range(3))


def test_equal_call_numbers_are_rendered_once(small):
    found = list(develop(small, [CAT, CAT]))
    first, second = pictures(found).values()
    assert first.image is second.image and {first.index, second.index} == {0, 1}


def test_glimpses_come_after_each_step_and_end_near_the_picture(small):
    items = list(develop(small, [replace(CAT, steps=5, scheduler="ddim")]))
    glimpses, last = items[:-1], items[-1]
    assert [glimpse.step for glimpse in glimpses] == [1, 2, 3, 4, 5] and isinstance(last, Picture)
    assert all(isinstance(g, Glimpse) and g.image.shape == (8, 8, 3) and g.total == 5 for g in glimpses)
    (slow,) = [list(develop(small, [replace(CAT, steps=60, scheduler="ddim")]))]
    assert len(slow) <= 14 and slow[-2].step == 60


def test_the_fitted_map_is_the_best_linear_one(small):
    """Least squares: no small change of the map comes nearer to the decoder's colours."""
    generator = torch.Generator().manual_seed(1)
    weights = preview.fitted(small)
    assert weights.shape == (5, 3)
    drawn = torch.randn((1, 4, 2, 2), generator=torch.Generator().manual_seed(preview.SEED))
    latents = torch.nn.functional.interpolate(drawn, (8, 8), mode="bicubic")[0]
    image = torch.from_numpy(small.decode(latents)).permute(2, 0, 1).float() / 127.5 - 1
    wanted = torch.nn.functional.adaptive_avg_pool2d(image, (8, 8)).flatten(1).T
    known = torch.cat([latents, torch.ones(1, 8, 8)]).flatten(1).T
    best = (known @ weights - wanted).square().sum()
    for _ in range(20):
        other = weights + 0.01 * torch.randn(weights.shape, generator=generator)
        assert (known @ other - wanted).square().sum() > best


def test_cancel_stops_at_the_next_step_and_keeps_finished_pictures(small):
    told = []
    specs = SeedsSpec("a cat", 6, steps=3, scheduler="ddim", guidance=2.0).pictures()
    items = develop(small, specs, lambda: len(told) >= 4, lambda *counts: told.append(counts))
    assert sorted(pictures(items)) == [0, 1, 2, 3]  # the first batch holds four
    assert told[2] == (12, 18)


# moves


def test_no_move_and_moves_of_size_nothing_stay_where_they_are(small):
    still = replace(CAT, moves=tuple(replace(move, size=0.0) for move in WALK))
    assert torch.equal(embedding(small, still), small.embed(["a cat"])[0])
    assert torch.allclose(initial_noise(small, still), initial_noise(small, CAT), atol=1e-6)


def test_a_word_is_approached_on_a_straight_line(small):
    cat, dog = small.embed(["a cat", "dog"])
    place = embedding(small, replace(CAT, moves=(WALK[0],)))
    assert torch.allclose(place, 0.85 * cat + 0.15 * dog, atol=1e-6)


def test_noise_moves_keep_the_length_of_the_noise_and_turn_as_slerp_does(small):
    """By their share of the angle where lengths are equal; unequal ones bend it as the formula says."""
    begin, end = (initial_noise(small, replace(CAT, seed=seed)).flatten().double() for seed in (7, 99))
    moved = initial_noise(small, replace(CAT, moves=(Move("noise", 1.0, 99),))).flatten().double()

    def angle(a, b):
        return torch.acos(a @ b / a.norm() / b.norm()).item()

    whole = angle(begin, end)
    ahead = math.sin((1 - NOISE_STEP) * whole) * begin.norm().item()
    aside = math.sin(NOISE_STEP * whole) * end.norm().item()
    turned = math.atan2(aside * math.sin(whole), ahead + aside * math.cos(whole))
    assert angle(begin, moved) == pytest.approx(turned, abs=1e-3)
    sizes = sorted([begin.norm().item(), end.norm().item()])
    assert 0.9 * sizes[0] < moved.norm().item() < 1.1 * sizes[1]


def test_random_moves_stay_in_the_cloud_of_variations_however_many_there_are(small):
    """The deviation turns instead of growing: its size tends to sigma / sqrt(3) of the model's unit."""
    start, unit = small.embed(["a cat"])[0], 1.0
    moves = tuple(Move("embedding", 1.0, seed) for seed in range(40))
    first = (embedding(small, replace(CAT, moves=moves[:1])) - start).std().item()
    last = (embedding(small, replace(CAT, moves=moves)) - start).std().item()
    assert first == pytest.approx(EMBEDDING_STEP * CLOUD * unit, rel=0.1)
    assert last == pytest.approx(CLOUD * unit, rel=0.1)
    far = embedding(small, replace(CAT, moves=moves[:-1])) - start
    near = embedding(small, replace(CAT, moves=moves)) - start
    correlation = (far * near).mean() / far.std() / near.std()
    assert correlation.item() == pytest.approx((1 - EMBEDDING_STEP**2) ** 0.5, abs=0.12)


@pytest.mark.parametrize("text", ["w100-dog", "e50-3", "n200-99", "n7-4294967295"])
def test_a_move_is_written_and_read(text):
    assert str(Move.read(text)) == text


@pytest.mark.parametrize("text", ["", "x100-dog", "w100-a b", "e50-dog", "n300-1", "e-1", "w1-" + "a" * 99])
def test_what_is_no_move_is_refused_in_one_sentence(text):
    with pytest.raises(ValueError, match=r"[Mm]ove|seed") as refusal:
        Move.read(text)
    assert str(refusal.value).endswith(".")


# neighbours and the tree


def test_neighbours_are_the_same_for_everybody_and_others_in_the_next_round():
    asked = (CAT, ("word", "embedding", "noise"), 1.0, ["night", "snow", "cat", "fog"])
    first, again, second = propose(*asked), propose(*asked), propose(*asked, round=1)
    assert first == again and not {str(move) for move in first[1::3]} & {str(move) for move in second[1::3]}
    assert [move.kind for move in first] == ["word", "embedding", "noise"] * 2
    assert {move.word for move in first[::3]} == {"night", "snow"}  # "cat" is said, "fog" tells too little
    assert propose(replace(CAT, seed=8), *asked[1:]) != first
    assert {move.kind for move in propose(CAT, ["noise"], 1.0)} == {"noise"}


def test_a_tree_is_walked_back_and_branches_again():
    tree = Tree(CAT)
    tree, one = tree.grown(0, WALK[0])
    tree, two = tree.grown(one, WALK[1])
    tree, three = tree.grown(one, WALK[2])
    assert (one, two, three) == (1, 2, 3) and len(tree) == 4
    assert tree.grown(one, WALK[1]) == (tree, 2)  # the same step again is no new picture
    assert tree.path(3) == [0, 1, 3] and tree.children(1) == [2, 3] and tree.parent(0) is None
    assert tree.spec(3) == replace(CAT, moves=(WALK[0], WALK[2])) and tree.spec(0) == CAT
    assert str(tree) == "0w100-dog~1e50-3~1n200-99"
    assert Tree.read(CAT, str(tree)) == tree and Tree.from_json(tree.to_json()) == tree
    nodes = json.loads(tree.to_json())["nodes"]
    assert PictureSpec.from_recipe(nodes[2]["spec"]) == tree.spec(2)


@pytest.mark.parametrize(
    "text", ["1w100-dog", "0w100-dog~2n1-1", "w100-dog", "0x1-1", "~".join(["0n1-1"] * 99)]
)
def test_what_is_no_tree_is_refused(text):
    with pytest.raises(ValueError, match=r"tree|hangs"):
        Tree.read(CAT, text)


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"root": 1, "branches": ""}', '{"root": {"prompt": "a"}, "branches": 1}']
)
def test_a_file_without_a_tree_is_refused(text):
    with pytest.raises(ValueError, match="no tree"):
        Tree.from_json(text)


def test_refining_shows_here_six_neighbours_and_the_rest_of_the_tree(small):
    spec = RefineSpec("a cat", "0w100-dog~0e100-5", at=2, seed=7)
    here, *rest = spec.validate().pictures()
    assert here == spec.grown_tree().spec(2) and rest[6:] == [spec.grown_tree().spec(k) for k in (0, 1)]
    assert [neighbour.moves[-1] for neighbour in rest[:6]] == spec.moves()
    found = pictures(develop(small, [here, rest[0]]))
    assert np.array_equal(found[1].image, alone(small, rest[0]))
    assert not np.array_equal(found[0].image, found[1].image)


# grids, seeds


def test_a_grid_is_its_cells(small):
    grid = GridSpec("a cat", "guidance", (1.0, 3.0), "scheduler", ("ddim", "lcm"), seed=7, steps=2).validate()
    found = pictures(develop(small, grid.pictures()))
    for place, (row, column) in enumerate([(r, c) for r in ("ddim", "lcm") for c in (1.0, 3.0)]):
        (expected,) = small.render(small.embed(["a cat"]), 7, 2, column, row)
        assert np.array_equal(found[place].image, expected)


def test_seeds_follow_each_other_and_begin_anew_after_the_largest():
    assert SeedsSpec("a cat", 3, 2**64 - 1).seeds() == [2**64 - 1, 0, 1]


@pytest.mark.parametrize(
    "axis, text, values",
    [
        ("steps", "4, 8 ,16", (4, 8, 16)),
        ("guidance", "1,2.5", (1.0, 2.5)),
        ("scheduler", "ddim,lcm", ("ddim", "lcm")),
        ("prompt", "a cat, asleep | a dog", ("a cat, asleep", "a dog")),
        ("negative", "|rain", ("", "rain")),
    ],
)
def test_values_of_an_axis_are_read_and_written(axis, text, values):
    assert read_values(axis, text) == values == read_values(axis, write_values(axis, values))


@pytest.mark.parametrize(
    "axis, text", [("steps", "4,five"), ("guidance", ""), ("size", "1"), ("steps", "2.5")]
)
def test_values_that_cannot_be_are_refused(axis, text):
    with pytest.raises(ValueError, match="axis"):
        read_values(axis, text)


@pytest.mark.parametrize(
    "spec, said",
    [
        (PictureSpec(" "), "prompt is empty"),
        (replace(CAT, seed=-1), "seed is -1"),
        (replace(CAT, moves=(Move("word", 1.0, word="two words"),)), "one word"),
        (replace(CAT, moves=WALK * 30), "90 moves, the limit is 64"),
        (SeedsSpec("a cat", 65), "1 to 64"),
        (GridSpec("a cat", down="guidance", rows=(1.0,)), "Both axes"),
        (GridSpec("a cat", columns=()), "0 columns"),
        (GridSpec("a cat", columns=(1.0, 1.0)), "the same"),
        (GridSpec("a cat", columns=(1.0, 31.0)), "0 to 30"),
        (
            GridSpec("a cat", "seed", tuple(range(12)), "steps", tuple(range(1, 10))),
            "108 pictures, the limit is 64",
        ),
        (ScoutSpec("a cat", rank="evenness"), "second prompt is empty"),
        (ScoutSpec("a cat", rank="beauty"), "likeness, evenness"),
        (ScoutSpec("a cat", model="another"), "judge knows no pictures"),
        (ScoutSpec("a cat", count=200), "1 to 128"),
        (RefineSpec("a cat", at=1), "0 to 0"),
        (RefineSpec("a cat", kinds=()), "No kind"),
        (RefineSpec("a cat", size=9.0), "0.01 to 2"),
    ],
)
def test_bad_specs_are_refused_in_one_sentence(spec, said):
    with pytest.raises(ValueError, match=said) as refusal:
        spec.validate()
    assert str(refusal.value).endswith(".") and "\n" not in str(refusal.value)


def test_a_recipe_is_plain_data():
    spec = replace(CAT, moves=WALK)
    assert PictureSpec.from_recipe(json.loads(json.dumps(asdict(spec)))) == spec


# the scout


def test_evenness_is_one_for_equal_steps_and_small_for_a_jump():
    assert evenness([2.0, 2.0, 2.0]) == 1 and evenness([0, 0, 0, 1]) == 0.25 and evenness([0.0, 0.0]) == 1


def test_the_scout_measures_the_walk_that_a_render_would_make(small, monkeypatch):
    """Second route: render the five stops of one seed with Model.denoise alone."""
    spec = ScoutSpec("a cat", "a dog", 3, "evenness", seed=5, model="small", sketch=2)
    found = list(scout(small, spec))
    assert [one.spec.seed for one in found] == [5, 6, 7] and found[0].image.shape == (16, 48, 3)
    assert found[1].spec.steps == FACTS["steps"]  # what it will be rendered with, no sketch
    cat, dog = small.embed(["a cat", "a dog"])
    latents = []
    for stop in range(STOPS):
        place = torch.lerp(cat, dog, stop / (STOPS - 1))[None]
        *_, last = small.denoise(place, 6, 2, FACTS["guidance"], FACTS["scheduler"])
        latents.append(last.latents[0])
    distances = [float((b - a).square().mean().sqrt()) for a, b in zip(latents, latents[1:], strict=False)]
    assert found[1].distances == pytest.approx(distances, rel=1e-6)
    assert found[1].score == pytest.approx(np.mean(distances) / max(distances))
    scores = [one.score for one in ranked(found)]
    assert scores == sorted(scores, reverse=True)


def test_a_cancelled_scout_keeps_what_it_found(small):
    told = []
    spec = ScoutSpec("a cat", "a dog", 4, "evenness", model="small", sketch=2)
    found = list(scout(small, spec, lambda: len(told) >= 5, lambda *counts: told.append(counts)))
    assert 0 < len(found) < 4
