"""Whether the files of a folder are those that were put there: their SHA-256 lies beside them, in a list.

A digest is computed once for a file as it is, so that looking again costs a few questions to the disk.
"""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from pathlib import Path

from lab.catalog import ROOT

LIST = "checksums.json"
TEXTS = (".json", ".txt")  # compared without their line ends, which a checkout may change
LISTED = (".safetensors", *TEXTS)
NOTES = (LIST, "report.json")  # what no picture depends on


def digest(file: Path) -> str:
    """SHA-256 of a file, as hexadecimal digits."""
    stat = file.stat()
    return _digest(file, stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns)


@lru_cache(maxsize=512)
def _digest(file: Path, size: int, modified: int, changed: int) -> str:
    with file.open("rb") as stream:
        if file.suffix in TEXTS:
            return hashlib.sha256(stream.read().replace(b"\r\n", b"\n")).hexdigest()
        return hashlib.file_digest(stream, "sha256").hexdigest()


def write(folder: Path) -> Path:
    """Put the list of a folder's weights, configurations and words beside them; returns its path."""
    files = sorted(file for file in folder.rglob("*") if file.suffix in LISTED and file.name not in NOTES)
    found = {file.relative_to(folder).as_posix(): digest(file) for file in files}
    path = folder / LIST
    path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    return path


def check(folder: Path, owner: str) -> None:
    """Raise ``ValueError`` unless every file of the list is there and as it was; pass without a list.

    Parameters
    ----------
    folder : Path
    owner : str
        Whose files they are, for the sentence.
    """
    if not (folder / LIST).is_file():
        return
    states = {name: _state(folder / name, sha) for name, sha in _listed(folder, owner).items()}
    wrong = [(name, state) for name, state in states.items() if state]
    if wrong:
        (name, state), more = wrong[0], len(wrong) - 1
        others = f", and {more} more are not as they should be" if more else ""
        raise ValueError(f"{owner}'s file {name} {state}{others}; {mend(folder)}.")


def mend(folder: Path) -> str:
    """What to do about files that are not as they were."""
    place = folder.resolve()
    if place.is_relative_to(ROOT / "data"):
        return f"put it back from the repository, with: git restore {place.relative_to(ROOT).as_posix()}"
    return "put it back from where the folder came from"


def _listed(folder: Path, owner: str) -> dict[str, str]:
    """Digests by name."""
    try:
        return {str(name): str(sha) for name, sha in json.loads((folder / LIST).read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError):
        raise ValueError(f"{owner}'s file {LIST} is damaged; {mend(folder)}.") from None


def _state(file: Path, sha: str) -> str:
    """What is wrong with a file; nothing if all is well."""
    try:
        return "" if digest(file) == sha else "is damaged"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
