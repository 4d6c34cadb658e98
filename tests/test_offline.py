"""A normal run calls nobody: the command line with its way out of the machine recorded and refused.

The app's server and the browser are watched the same way in every test of ``tests/browser``.
"""

import subprocess
import sys
from pathlib import Path

from tests.browser.house import ROOT, cut_environment

HUB_SWITCHES = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE", "HF_DATASETS_OFFLINE")


def visit(arguments: list[str], record: Path) -> subprocess.CompletedProcess:
    """Start a Python program that is watched, with no switch set that would keep it offline anyway."""
    environment = {word: value for word, value in cut_environment(record).items() if word not in HUB_SWITCHES}
    return subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300
    )


def test_the_tripwire_records_and_refuses(tmp_path):
    record = tmp_path / "outbound.log"
    call = "import urllib.request; urllib.request.urlopen('http://example.com')"
    finished = visit(["-c", call], record)
    assert finished.returncode != 0 and "the network is cut in this test" in finished.stderr
    assert "example.com" in record.read_text()


def test_the_tripwire_lets_this_machine_talk_to_itself(tmp_path):
    record = tmp_path / "outbound.log"
    call = (
        "import socket; s = socket.create_server(('127.0.0.1', 0)); socket.create_connection(s.getsockname())"
    )
    assert visit(["-c", call], record).returncode == 0
    assert not record.exists()


def test_a_morph_from_the_shell_calls_nobody(tmp_path):
    record, out = tmp_path / "outbound.log", tmp_path / "morph"
    prompts = ["--prompt", "a rainy city", "--prompt", "a rainy forest"]
    asked = [
        "-m",
        "lab",
        "morph",
        *prompts,
        "--frames",
        "2",
        "--steps",
        "2",
        "--seed",
        "42",
        "--out",
        str(out),
    ]
    finished = visit(asked, record)
    assert finished.returncode == 0, finished.stderr
    assert sorted(path.name for path in (out / "frames").iterdir())[0] == "000.png"
    assert not record.exists(), record.read_text()
