"""A real Dask cluster of this machine: a scheduler and some workers, each a process of its own."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.browser.house import ROOT

PATIENCE = 60  # seconds


@dataclass(eq=False)
class Cluster:
    """Address of the scheduler, and the processes of the workers."""

    address: str
    folder: Path
    extra: dict[str, str] = field(default_factory=dict)
    processes: list[subprocess.Popen] = field(default_factory=list)

    def hire(self) -> subprocess.Popen:
        """Start one more worker."""
        asked = ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", str(self.folder)]
        self.processes.append(_spoken(self.folder, "worker", self.address, *asked, **self.extra))
        return self.processes[-1]


@contextmanager
def opened(folder: Path, workers: int = 2, **extra: str):
    """Lend a cluster whose logs lie in ``folder``; ``extra`` is added to its workers' environment."""
    told = folder / "scheduler.json"
    asked = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(told)]
    scheduler = _spoken(folder, "scheduler", *asked)
    cluster = None
    try:
        patience = time.monotonic() + PATIENCE
        while not told.is_file() or not told.read_text():
            if scheduler.poll() is not None or time.monotonic() > patience:
                raise RuntimeError((folder / "scheduler.log").read_text())
            time.sleep(0.05)
        cluster = Cluster(json.loads(told.read_text())["address"], folder, extra)
        for _ in range(workers):
            cluster.hire()
        yield cluster
    finally:
        for process in [*(cluster.processes if cluster else ()), scheduler]:
            process.kill()
            process.wait()


def _spoken(folder: Path, kind: str, *arguments: str, **extra: str) -> subprocess.Popen:
    """Start a process of the cluster; what it says is appended to a log."""
    command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
    environment = os.environ | {"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1"} | extra
    environment.pop("LATENT_LIBRARY_DASK", None)
    with (folder / f"{kind}.log").open("a") as sink:
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=sink, stderr=subprocess.STDOUT)
