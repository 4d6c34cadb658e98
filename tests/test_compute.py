"""Devices, seeds, and the share of a machine that a container may use."""

from importlib import metadata

import pytest
import torch

from lab import compute


@pytest.fixture
def four_threads():
    before = torch.get_num_threads()
    torch.set_num_threads(4)
    yield
    torch.set_num_threads(before)


@pytest.mark.parametrize(
    "quota, threads",
    [("max 100000", 4), ("200000 100000", 2), ("150000 100000", 2), ("1000 100000", 1), ("900000 100000", 4)],
)
def test_torch_uses_no_more_threads_than_the_container_may(four_threads, tmp_path, quota, threads):
    (tmp_path / "cpu.max").write_text(quota + "\n")
    compute.share_processors(tmp_path / "cpu.max")
    assert torch.get_num_threads() == threads


def test_without_containers_the_threads_stay(four_threads, tmp_path):
    compute.share_processors(tmp_path / "no such file")
    assert torch.get_num_threads() == 4


def test_one_seed_is_one_noise():
    one, two = (torch.randn(3, generator=compute.generator(2**64 - 1)) for _ in range(2))
    assert torch.equal(one, two)


@pytest.mark.parametrize("seed", [-1, 2**64, 1.5, True, "7", None])
def test_other_seeds_are_refused(seed):
    with pytest.raises(ValueError, match="whole number from 0 to 18446744073709551615"):
        compute.generator(seed)


def test_devices_that_are_unknown_or_absent_are_refused():
    with pytest.raises(ValueError, match="choose one of cpu, cuda, mps"):
        compute.choose_device("tpu")
    best = compute.choose_device().type
    absent = next(kind for kind in ("mps", "cuda") if kind != best)
    with pytest.raises(ValueError, match="choose device='cpu'"):
        compute.choose_device(absent)
    assert compute.choose_device("cpu") == torch.device("cpu")


def test_small_models_share_a_call_and_large_ones_do_not():
    cpu = torch.device("cpu")
    assert compute.batch_rows(cpu, 16 * 16) == 8 and compute.batch_rows(cpu, 64 * 64) == 2
    assert compute.choose_dtype(cpu) == torch.float32


def test_versions_are_those_that_are_installed_and_a_stranger_is_named():
    for package in ("torch", "diffusers", "numpy"):
        assert compute.version(package) == metadata.version(package)
    with pytest.raises(metadata.PackageNotFoundError, match="no-such-package"):
        compute.version("no-such-package")
