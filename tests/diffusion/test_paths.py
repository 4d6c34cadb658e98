"""Paths between embeddings: ends, lengths, angles, and tokens that have no great circle between them."""

import math

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from lab.diffusion.paths import lerp, slerp

unit = st.floats(0, 1)


@st.composite
def embedding_pairs(draw):
    """Two embeddings (tokens, width), float32, whose first tokens are the same, as in prompts."""
    tokens, width = draw(st.integers(1, 6)), draw(st.integers(2, 12))
    a, b = torch.randn(
        (2, tokens, width), generator=torch.Generator().manual_seed(draw(st.integers(0, 2**32)))
    )
    scale = draw(st.sampled_from([1e-3, 1.0, 30.0]))
    b[0] = a[0]
    return scale * a, scale * b


@settings(deadline=None)
@pytest.mark.parametrize("path", [lerp, slerp])
@given(pair=embedding_pairs())
def test_ends_are_exact(path, pair):
    a, b = pair
    assert torch.equal(path(a, b, 0.0), a) and torch.equal(path(a, b, 1.0), b)


@settings(deadline=None)
@pytest.mark.parametrize("path", [lerp, slerp])
@given(pair=embedding_pairs(), t=unit)
def test_walking_back_meets_the_same_points(path, pair, t):
    a, b = pair
    assert torch.allclose(path(a, b, t), path(b, a, 1 - t), atol=1e-4 * float(a.norm()), rtol=1e-3)


@settings(deadline=None)
@given(pair=embedding_pairs(), t=unit)
def test_the_first_token_stays_where_it_is(pair, t):
    a, b = pair
    assert torch.equal(slerp(a, b, t)[0], a[0]) and torch.equal(lerp(a, b, t)[0], a[0])


@settings(deadline=None)
@given(pair=embedding_pairs(), t=unit)
def test_slerp_keeps_the_length_of_every_token(pair, t):
    a, b = (torch.nn.functional.normalize(v, dim=-1) for v in pair)
    cosine = (a * b).sum(-1)
    lengths = slerp(a, b, t).norm(dim=-1)[cosine.abs() < 0.99]
    assert torch.allclose(lengths, torch.ones_like(lengths), atol=1e-3)


@settings(deadline=None)
@given(pair=embedding_pairs(), t=unit)
def test_slerp_divides_the_angle_in_proportion(pair, t):
    a, b = (torch.nn.functional.normalize(v.double(), dim=-1) for v in pair)
    clear = (a * b).sum(-1).abs() < 0.99
    whole, part = (torch.arccos((a * v).sum(-1).clamp(-1, 1))[clear] for v in (b, slerp(a, b, t)))
    assert torch.allclose(part, t * whole, atol=1e-5)


def test_slerp_of_a_quarter_circle():
    a, b = torch.tensor([[2.0, 0.0]]), torch.tensor([[0.0, 2.0]])
    assert torch.allclose(slerp(a, b, 0.5), torch.full((1, 2), math.sqrt(2)))


@pytest.mark.parametrize("b", [[1.0, 0.0], [3.0, 0.0], [-1.0, 0.0], [0.0, 0.0]])
def test_where_no_great_circle_is_defined_the_token_walks_straight(b):
    a, b = torch.tensor([[1.0, 0.0]]), torch.tensor([b])
    assert torch.equal(slerp(a, b, 0.25), lerp(a, b, 0.25))
