"""The walk on a leash: the recursion of the post, its closed form, and what a real walk measures."""

import math

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.decomposition import TruncatedSVD

from lab.diffusion import spread
from lab.diffusion.paths import walk

pulls = st.floats(0.05, 0.95)


def seeded(seed=1):
    return torch.Generator().manual_seed(seed)


def start(tokens=32, width=256):
    return torch.randn((tokens, width), generator=seeded(0))


@settings(deadline=None, max_examples=20)
@given(count=st.integers(1, 9), sigma=st.floats(0, 2), pull=st.floats(0, 1), seed=st.integers(0, 2**32))
def test_every_step_is_the_recursion_of_the_post(count, sigma, pull, seed):
    y0, noise, step = start(3, 4), seeded(seed), start(3, 4)
    steps = walk(y0, count, sigma, pull, seeded(seed))
    assert steps.shape == (count, 3, 4)
    for here in steps:  # y[0] itself is not among them
        step = pull * y0 + (1 - pull) * (step + sigma * torch.randn((3, 4), generator=noise))
        assert torch.allclose(here, step, atol=1e-5)


def test_a_longer_walk_begins_with_the_shorter_one_and_takes_an_embedding_as_it_comes():
    y0 = start(4, 5)
    short, long = walk(y0, 3, 0.02, 0.5, seeded()), walk(y0[None], 8, 0.02, 0.5, seeded())
    assert torch.equal(short, long[:3])


def test_nothing_moves_without_noise_or_on_the_shortest_leash():
    y0 = start(4, 5)
    for sigma, pull in ((0, 0.3), (1, 1)):
        assert torch.equal(walk(y0, 3, sigma, pull, seeded()), y0.expand(3, -1, -1))


def test_the_numbers_of_the_post():
    """0.0100 after one step, 0.0112 after two, sigma / sqrt(3) for ever; neighbours correlate by one half."""
    exact = spread.expected_deviation(np.array([1, 2, 60]), 0.02, 0.5)
    assert exact == pytest.approx([0.0100, math.sqrt(0.000125), 0.02 / math.sqrt(3)], rel=1e-12)
    assert f"{exact[1]:.4f}" == "0.0112" and spread.limit(0.02, 0.5) == pytest.approx(0.02 / math.sqrt(3))
    y0 = start(77, 768)
    found = spread.measure(y0.numpy(), walk(y0, 40, 0.02, 0.5, seeded()).numpy(), 0.02, 0.5)
    error = 0.02 / math.sqrt(2 * 77 * 768)  # standard error of a standard deviation
    assert np.abs(found.deviation - spread.expected_deviation(found.steps, 0.02, 0.5)).max() < 4 * error
    assert found.correlation[8:].mean() == pytest.approx(0.5, abs=0.005)


@given(pull=pulls, k=st.integers(1, 30))
def test_the_closed_form_is_the_sum_of_the_recursion(pull, k):
    variances = [0.0]
    for _ in range(k + 1):
        variances.append((1 - pull) ** 2 * (variances[-1] + 1))
    assert spread.expected_deviation(k, 1.0, pull) == pytest.approx(math.sqrt(variances[k]))
    correlation = (1 - pull) * math.sqrt(variances[k] / variances[k + 1])
    assert spread.expected_correlation(k, pull) == pytest.approx(correlation)


@given(pull=pulls)
def test_in_the_long_run_neighbours_correlate_by_one_minus_the_pull(pull):
    assert spread.expected_correlation(2000, pull) == pytest.approx(1 - pull)
    assert spread.expected_deviation(2000, 0.3, pull) == pytest.approx(spread.limit(0.3, pull))


def test_without_a_leash_it_is_brownian_motion():
    k = np.arange(1, 10)
    assert spread.expected_deviation(k, 0.1, 0.0) == pytest.approx(0.1 * np.sqrt(k))
    assert spread.expected_correlation(k, 0.0) == pytest.approx(np.sqrt(k / (k + 1)))
    assert spread.limit(0.1, 0.0) == math.inf and spread.limit(0.0, 0.0) == 0


@settings(deadline=None, max_examples=8)
@given(pull=pulls, sigma=st.floats(0.001, 1), unit=st.floats(0.1, 100))
def test_a_measured_walk_agrees_with_the_theory_whatever_the_unit(pull, sigma, unit):
    y0 = start()
    steps = walk(y0.double(), 12, unit * sigma, pull, seeded(7)).numpy()
    found = spread.measure(y0.double().numpy(), steps, sigma, pull, unit)
    assert found.deviation == pytest.approx(spread.expected_deviation(found.steps, sigma, pull), rel=0.05)
    expected = spread.expected_correlation(found.steps[:-1], pull)
    assert found.correlation == pytest.approx(expected, abs=0.05)


def test_correlation_is_the_cosine_of_neighbours():
    y0 = start(4, 16)
    deviations = (walk(y0, 5, 0.1, 0.3, seeded()) - y0).flatten(1)
    found = spread.measure(y0.numpy(), (deviations.view(5, 4, 16) + y0).numpy(), 0.1, 0.3)
    cosines = torch.cosine_similarity(deviations[1:], deviations[:-1], dim=1)
    assert found.correlation == pytest.approx(cosines.numpy(), abs=1e-4)


def test_the_plane_is_that_of_a_singular_value_decomposition():
    y0 = start(4, 16).double()
    steps = walk(y0, 9, 0.1, 0.3, seeded())
    found = spread.measure(y0.numpy(), steps.numpy(), 0.1, 0.3)
    flat = (steps - y0).flatten(1).numpy()
    other = TruncatedSVD(2, algorithm="arpack", random_state=0).fit_transform(flat) / math.sqrt(64)
    assert np.abs(found.plane) == pytest.approx(np.abs(other), abs=1e-6)
    assert found.share == pytest.approx((other**2).sum() / ((flat**2).sum() / 64))
    assert (np.linalg.norm(found.plane, axis=1) <= found.deviation + 1e-12).all()


@pytest.mark.parametrize("count", [1, 2])
def test_the_shortest_walks_have_a_plane_too(count):
    y0 = start(2, 3)
    found = spread.measure(y0.numpy(), walk(y0, count, 0.1, 0.5, seeded()).numpy(), 0.1, 0.5)
    assert found.plane.shape == (count, 2) and found.share == pytest.approx(1)
    assert len(found.correlation) == count - 1


@pytest.mark.parametrize(("count", "sigma", "pull"), [(0, 0.1, 0.5), (3, -1, 0.5), (3, 0.1, 1.5)])
def test_a_walk_that_cannot_be_is_refused_in_one_sentence(count, sigma, pull):
    with pytest.raises(ValueError, match="at least 1 step"):
        walk(start(2, 3), count, sigma, pull, seeded())
