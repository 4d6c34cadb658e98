"""Rules of the suite: nothing is skipped in silence, nothing leaves the machine, the browser comes last."""

import atexit
import os
import shutil
import socket
import tempfile

import pytest
from hypothesis import HealthCheck, settings

LOOPBACK = ("127.", "::1", "localhost", "0.0.0.0", "::ffff:127.")

os.environ.setdefault("GOMP_SPINCOUNT", "20000")  # as lab.compute sets it, before any test imports torch
os.environ.setdefault("HF_HUB_OFFLINE", "1")
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
if "PYTEST_XDIST_WORKER" in os.environ:  # each worker is a house of its own, with one core
    os.environ["OMP_NUM_THREADS"] = "1"
    os.environ.pop("LATENT_LIBRARY_CACHE", None)
if "LATENT_LIBRARY_CACHE" not in os.environ:
    os.environ["LATENT_LIBRARY_CACHE"] = tempfile.mkdtemp(prefix="latent-library-tests-")
    atexit.register(shutil.rmtree, os.environ["LATENT_LIBRARY_CACHE"], ignore_errors=True)


settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("house")  # a busy machine is no falsification


def pytest_addoption(parser):
    """Add ``--no-skips``: the switch of ``make test`` that turns a skipped test into a failed one."""
    parser.addoption("--no-skips", action="store_true", help="a skipped test counts as a failed one")


def has_cuda() -> bool:
    """Whether a CUDA device answers; asked only where a test needs one, since importing torch is slow."""
    import torch

    return torch.cuda.is_available()


def pytest_collection_modifyitems(config, items):
    """Leave GPU tests out where there is no GPU (said, not skipped) and put the browser last."""
    wants_gpu = [item for item in items if item.get_closest_marker("gpu")]
    if wants_gpu and not has_cuda():
        config.hook.pytest_deselected(items=wants_gpu)
        items[:] = [item for item in items if not item.get_closest_marker("gpu")]
    items.sort(key=lambda item: bool(item.get_closest_marker("browser")))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Under ``--no-skips`` a skip is reported as the failure it hides."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and item.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and --no-skips allows none: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """Under ``--no-skips`` a module that skips itself while it is collected fails too."""
    report = yield
    if report.skipped and collector.config.getoption("--no-skips"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and --no-skips allows none: {report.longrepr}"
    return report


class OutboundCallError(ConnectionError):
    """Raised in the place of a connection that would have left this machine."""


def is_loopback(address) -> bool:
    """Whether a socket address stays on this machine (Unix sockets do)."""
    return not isinstance(address, tuple) or str(address[0]).startswith(LOOPBACK)


@pytest.fixture(autouse=True)
def cut_network(monkeypatch):
    """Refuse every connection to another machine for the length of each test."""
    for name in ("connect", "connect_ex"):
        plain = getattr(socket.socket, name)

        def guarded(self, address, plain=plain):
            if not is_loopback(address):
                raise OutboundCallError(
                    f"a test reached for {address[0]!r}; the library works with the network cut"
                )
            return plain(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)
