"""Looks whether the files of babel, judge and classifier are as written; ``--write`` writes their lists anew.

``python -m lab.babel.checksums`` tells what is wrong; the training writes the lists itself.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from lab import checksums

FOLDERS = {
    Path("data/babel"): "babel",
    Path("data/judge"): "the judge",
    Path("data/classifier"): "the classifier",
}


def main(arguments: list[str] | None = None) -> int:
    """Read the command line, compare or write; returns 1 where a file is not as it was."""
    parser = argparse.ArgumentParser(prog="python -m lab.babel.checksums", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=list(FOLDERS))
    parser.add_argument("--write", action="store_true", help="take the files as they are now for right")
    asked = parser.parse_args(arguments)
    wrong = 0
    for folder in asked.folders:
        if asked.write:
            checksums.write(folder)
        try:
            checksums.check(folder, FOLDERS.get(folder, folder.name))
            print(f"{folder}: every file is as it was written")
        except ValueError as refusal:
            wrong = 1
            print(refusal)
    return wrong


if __name__ == "__main__":
    raise SystemExit(main())
