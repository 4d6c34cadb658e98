"""The library from a shell: ``python -m lab <experiment> ...``, one subcommand for each experiment.

A subcommand is a module ``lab/commands/<word>.py`` with ``configure(parser)``, which adds its arguments, and
``perform(arguments)``, which does the work and returns the exit code. Bad arguments end with exit code 2 and
one sentence, whether argparse or the experiment refuses them.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import NoReturn

from lab.catalog import EXPERIMENTS

REFUSED = 2
WORDS = {experiment.word: experiment.sentence for experiment in EXPERIMENTS} | {
    "gallery": "Render anew the films that ship with the library.",
    "handout": "Print the guided tour of a room: what to look at, questions, answers on the last page.",
    "plates": "Draw anew the pictures of the rooms without a model that ship with the library.",
    "replay": "Render again what an exported file shows, and say whether it is bit-equal.",
}


class Parser(argparse.ArgumentParser):
    """Argument parser that answers a mistake with one sentence and without the usage."""

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2."""
        self.exit(REFUSED, f"{message}; see {self.prog} --help\n")


def build_parser() -> Parser:
    """Parser of all experiments of the catalog that have a command."""
    parser = Parser("python -m lab", description="The Latent Library's experiments, without the pages.")
    words = parser.add_subparsers(title="experiments", metavar="experiment", required=True)
    for word, sentence in WORDS.items():
        module = f"lab.commands.{word}"
        if find_spec(module):
            command = import_module(module)
            own = words.add_parser(word, help=sentence, description=sentence)
            command.configure(own)
            own.set_defaults(perform=command.perform)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Perform the experiment that the arguments ask for; returns the exit code."""
    asked = build_parser().parse_args(arguments)
    try:
        return asked.perform(asked)
    except ValueError as refusal:
        print(refusal, file=sys.stderr)
        return REFUSED
    except OSError as failure:
        print(f"{failure.strerror}: {failure.filename}.", file=sys.stderr)
        return 1
