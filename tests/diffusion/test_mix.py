"""Mix: blends on a simplex, the mean and its restored length, distances by second routes."""

import itertools
import math

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import cdist

from lab.babel.illustrator import Scene, draw
from lab.diffusion import MixSpec, mix, paths, simplex
from lab.diffusion.likeness import compare, describe
from lab.diffusion.mix import embeddings, likenesses, shortening

PROMPTS = ("a cat", "a dog", "rain and snow")


def sources(m=3, tokens=4, width=6):
    return torch.randn((m, tokens, width), generator=torch.Generator().manual_seed(m))


@given(m=st.integers(2, 6), n=st.integers(1, 5))
def test_the_lattice_has_every_split_once(m, n):
    points = simplex.lattice(m, n)
    brute = {tuple(k / n for k in ks) for ks in itertools.product(range(n + 1), repeat=m) if sum(ks) == n}
    assert set(points) == brute and len(points) == len(brute) == simplex.lattice_size(m, n)
    assert set(simplex.corners(m)) <= set(points)


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=6).filter(lambda w: sum(w) > 1e-3))
def test_weights_are_shares(weights):
    shares = simplex.normalise(weights)
    assert math.fsum(shares) == pytest.approx(1)
    assert [s * sum(weights) for s in shares] == pytest.approx(weights, abs=1e-6)


@pytest.mark.parametrize("restored", [False, True])
def test_a_corner_is_its_source_to_the_last_bit(restored):
    e = sources()
    for number, weights in enumerate(simplex.corners(3)):
        assert torch.equal(paths.blend(e, weights, e.mean(0) + 1 if restored else None), e[number])


@pytest.mark.parametrize("m", [2, 3, 6])
def test_the_mean_of_independent_deviations_is_shorter_by_the_square_root_of_m(m):
    """Orthogonal deviations of one length from the centre: the shrinking is sqrt(m) exactly."""
    centre = torch.full((2, 8), 3.0, dtype=torch.float64)
    e = centre + 5 * torch.eye(16, dtype=torch.float64)[:m].view(m, 2, 8)
    weights = simplex.centre(m)
    assert float(paths.stretch(e, weights, centre)) == pytest.approx(math.sqrt(m))
    restored = paths.blend(e, weights, centre) - centre
    plain = paths.blend(e, weights) - centre
    assert float(restored.norm()) == pytest.approx(5) and float(plain.norm()) == pytest.approx(5 / m**0.5)
    assert torch.allclose(restored / restored.norm(), plain / plain.norm())


def test_where_the_mean_is_the_centre_no_direction_is_invented():
    e = torch.stack([torch.ones(2, 3), -torch.ones(2, 3)])
    assert torch.equal(paths.blend(e, (0.5, 0.5), torch.zeros(2, 3)), torch.zeros(2, 3))


def test_a_blend_of_two_is_lerp():
    e = sources(2)
    assert torch.allclose(paths.blend(e, (0.7, 0.3)), paths.lerp(e[0], e[1], 0.3))


def test_blends_are_pictures_of_their_embeddings(small):
    weights = simplex.lattice(3, 2)
    found = list(mix(small, PROMPTS, weights, seed=5))
    e = small.embed(PROMPTS)
    by_hand = torch.stack([sum(w * x for w, x in zip(ws, e, strict=True)) for ws in weights])
    assert torch.allclose(torch.stack([blend.embedding for blend in found]), by_hand, atol=1e-6)
    pure = {blend.weights: blend.image for blend in found}
    for corner, picture in zip(simplex.corners(3), small.render(e, 5, **small.defaults), strict=True):
        assert np.array_equal(pure[corner], picture)
    assert [blend.index for blend in found] == list(range(6))


def test_one_blend_several_and_equal_weights(small):
    (middle,) = mix(small, PROMPTS, steps=1)
    (leaning,) = mix(small, PROMPTS, [2, 1, 1], steps=1)
    assert middle.weights == pytest.approx((1 / 3,) * 3) and leaning.weights == (0.5, 0.25, 0.25)
    assert len(list(mix(small, PROMPTS, [[1, 0, 0], [0, 1, 0]], steps=1))) == 2


def test_restored_blends_are_as_far_from_the_empty_prompt_as_their_sources(small):
    spec = MixSpec(PROMPTS, ((1, 1, 1), (0.6, 0.4, 0), (0, 0, 1)), mean="restored")
    empty, e = small.embed([""])[0], small.embed(PROMPTS)
    lengths = (e - empty).flatten(1).norm(dim=1)
    for place, weights in zip(embeddings(small, spec), spec.blends(), strict=True):
        assert float((place - empty).norm()) == pytest.approx(
            float(torch.tensor(weights) @ lengths), rel=1e-4
        )
    short = shortening(small, spec)
    assert short[0] > 1 and short[2] == pytest.approx(1)


def test_distances_by_another_route(small):
    spec = MixSpec(PROMPTS, simplex.lattice(3, 2), model=str(small.folder))
    blends = list(mix(small, PROMPTS, simplex.lattice(3, 2)))
    pixels, text = likenesses(small, spec, blends)
    assert (pixels.measure, text.measure) == ("pixels", "text")  # the judge is for babel alone
    flat = np.array([blend.image.ravel() for blend in blends], float)
    pure = flat[[[blend.weights for blend in blends].index(corner) for corner in simplex.corners(3)]]
    assert pixels.distances == pytest.approx(cdist(flat, pure) / math.sqrt(flat.shape[1]), abs=1e-9)
    between = (cdist(pure, pure).sum() / 6) / math.sqrt(flat.shape[1])
    assert pixels.between == pytest.approx(between)


def test_the_text_of_a_blend_of_two_is_as_far_as_its_weight(small):
    blends = list(mix(small, PROMPTS[:2], [(1, 0), (0.25, 0.75), (0, 1)], steps=1))
    text = likenesses(small, MixSpec(PROMPTS[:2]), blends)[-1]
    assert text.relative == pytest.approx(np.array([[0, 1], [0.75, 0.25], [1, 0]]), abs=1e-5)


def test_the_blend_least_like_any_source_maximises_the_smallest_distance():
    a, b = np.array([[0.0, 0.0], [10.0, 0.0], [0.0, 8.0], [5.0, 4.0]]), np.array([[0.0, 0.0], [10.0, 0.0]])
    found = compare("pixels", a, b)
    brute = max(range(4), key=lambda i: min(math.dist(a[i], source) for source in b))
    assert found.least_like() == brute == 2  # not the middle of the two
    assert compare("pixels", b * 0, b * 0).relative.tolist() == [[0, 0], [0, 0]]


def test_the_judge_sees_somebody_between_two_people_in_between():
    """Drawings of somebody from Ada to Hugo: ever farther from Ada, ever nearer to Hugo."""
    people = {"head": 0.2, "person_a": "Ada", "person_b": "Hugo", "named": True}
    drawn = [draw(Scene(person_mix=t, **people)) for t in (0, 0.3, 0.7, 1)]
    vectors = describe("seen", drawn, torch.zeros(0))
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)
    found = compare("seen", vectors, vectors[[0, 3]])
    assert (np.diff(found.distances[:, 0]) > 0).all() and (np.diff(found.distances[:, 1]) < 0).all()
    assert found.relative[0] == pytest.approx([0, 1], abs=1e-5)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prompts": ("a",)}, "2 to 6 sources, but there are 1"),
        ({"prompts": "a cat"}, "2 to 6 sources, but there are 1"),
        ({"prompts": tuple("abcdefg")}, "there are 7"),
        ({"prompts": ("a", "")}, "Source 2 is empty"),
        ({"weights": ((1, 2),)}, "2 weights for 3 sources"),
        ({"weights": ((0, 0, 0),)}, "add up to 0"),
        ({"weights": ((1, -1, 1),)}, "is -1"),
        ({"weights": ((1, float("nan"), 1),)}, "is nan"),
        ({"weights": simplex.lattice(3, 22)}, "276 blends, the limit is 240"),
        ({"mean": "median"}, "plain, restored"),
        ({"steps": 0}, "from 1 to 150"),
    ],
)
def test_what_cannot_be_is_refused_in_one_sentence(changes, said):
    with pytest.raises(ValueError) as refusal:
        MixSpec(**({"prompts": PROMPTS} | changes)).validate()
    assert said in str(refusal.value) and str(refusal.value).endswith(".")
