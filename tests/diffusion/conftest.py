"""Tiny pipelines on disk, loaded by us and by stock diffusers."""

import pytest
import torch
from diffusers import StableDiffusionPipeline

from lab.diffusion import load
from tests.diffusion import tiny

FACTS = {"steps": 4, "guidance": 2.0, "scheduler": "dpm++2m", "unit": 3.0}


@pytest.fixture(scope="package", autouse=True)
def one_thread():
    """Tiny models gain nothing from a second thread, and on a busy machine two would wait for each other."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def opened_by_diffusers(folder):
    pipeline = StableDiffusionPipeline.from_pretrained(folder, local_files_only=True)
    pipeline.set_progress_bar_config(disable=True)
    return pipeline


@pytest.fixture(scope="session", params=["epsilon", "v_prediction"])
def folder(request, tmp_path_factory):
    return tiny.build(tmp_path_factory.mktemp(request.param), request.param)


@pytest.fixture(scope="session")
def model(folder):
    return load(folder, device="cpu")


@pytest.fixture(scope="session")
def stock(folder):
    return opened_by_diffusers(folder)


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory):
    """One tiny pipeline with its own defaults and word list, for tests that any kind of prediction suits."""
    folder = tiny.build(tmp_path_factory.mktemp("small"), facts=FACTS)
    (folder / "words.txt").write_text("a\ncat\nand\ndog\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small(small_folder):
    return load(small_folder, device="cpu")


@pytest.fixture(scope="session")
def small_stock(small_folder):
    return opened_by_diffusers(small_folder)
