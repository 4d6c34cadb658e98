"""Shuffling: how many steps a walk on a finite group takes to forget where it began, and who hears it."""

from lab.shuffling.lemma import Laws, Spectrum, distances
from lab.shuffling.mixing import MIXED, Mixing, family, mixing_time, shuffle
from lab.shuffling.spec import STAYS, WALKS, Kind, ShuffleSpec

__all__ = [
    "MIXED",
    "STAYS",
    "WALKS",
    "Kind",
    "Laws",
    "Mixing",
    "ShuffleSpec",
    "Spectrum",
    "distances",
    "family",
    "mixing_time",
    "shuffle",
]
