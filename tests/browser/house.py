"""Open the whole app on a free port of this machine, with its log kept and its way out of the machine cut."""

import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


@dataclass(frozen=True, eq=False)
class House:
    """A running app: where it is, what it said, whom it tried to call."""

    url: str
    server: subprocess.Popen
    log: Path
    record: Path

    def said(self) -> str:
        """Everything the server wrote so far."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def outbound(self) -> list[str]:
        """One line for each time the server reached for another machine."""
        return self.record.read_text(encoding="utf-8").splitlines() if self.record.exists() else []

    def resident(self) -> dict[str, float]:
        """Memory of the server in MB, now and at its highest (Linux only)."""
        status = Path(f"/proc/{self.server.pid}/status").read_text()
        kept = dict(re.findall(r"(VmRSS|VmHWM):\s+(\d+) kB", status))
        return {"now": int(kept["VmRSS"]) / 1024, "highest": int(kept["VmHWM"]) / 1024}


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_healthy(url: str) -> bool:
    """Whether the server answers that it is ready."""
    try:
        with OPENER.open(f"{url}/_stcore/health", timeout=2) as answer:
            return answer.status == 200
    except (OSError, urllib.error.URLError):
        return False


def wait_until_healthy(house: House, seconds: float = 90) -> None:
    """Return as soon as the server is ready; raise with its log when it ends or stays silent."""
    patience = time.monotonic() + seconds
    while not is_healthy(house.url):
        if house.server.poll() is not None or time.monotonic() > patience:
            raise RuntimeError(f"the app did not open:\n{house.said()}")
        time.sleep(0.1)


def cut_environment(record: Path) -> dict[str, str]:
    """Environment of a process whose calls to other machines are recorded in ``record`` and refused."""
    tripwire = str(Path(__file__).parent / "tripwire")
    path = os.pathsep.join(filter(None, [tripwire, os.environ.get("PYTHONPATH")]))
    return os.environ | {
        "PYTHONPATH": path,
        "LATENT_LIBRARY_TRIPWIRE": str(record),
        "PYTHONUNBUFFERED": "1",
        "OMP_NUM_THREADS": os.environ.get("OMP_NUM_THREADS", "1"),
        "OMP_WAIT_POLICY": "PASSIVE",  # threads that spin starve the browser on two cores
    }


@contextmanager
def opened(folder: Path, script: str = "Home.py", **extra: str):
    """Lend a running app whose log lies in ``folder``; the server is gone when the context is left."""
    folder.mkdir(parents=True, exist_ok=True)
    port, log, record = free_port(), folder / "server.log", folder / "outbound.log"
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.port", str(port)]
    command += [
        "--server.headless",
        "true",
        "--server.address",
        "127.0.0.1",
        "--server.fileWatcherType",
        "none",
    ]
    with log.open("w") as sink:
        server = subprocess.Popen(
            command, cwd=ROOT, env=cut_environment(record) | extra, stdout=sink, stderr=subprocess.STDOUT
        )
        house = House(f"http://127.0.0.1:{port}", server, log, record)
        try:
            wait_until_healthy(house)
            yield house
        finally:
            server.terminate()
            try:
                server.wait(timeout=10)
            except subprocess.TimeoutExpired:
                server.kill()
                server.wait()
