"""A walk as tables: its distances step by step, its spectrum."""

from __future__ import annotations

from lab.shuffling.mixing import Mixing


def distances_csv(found: Mixing) -> str:
    """One line for each step: exact distance (empty where it is out of reach) and the lemma's bound.

    Parameters
    ----------
    found : Mixing
    """
    exact = [f"{value:.12g}" for value in found.laws.distance] if found.laws else [""] * (found.steps + 1)
    lines = [f"{step},{exact[step]},{bound:.12g}" for step, bound in enumerate(found.bound)]
    return "\n".join(["step,distance,bound", *lines]) + "\n"


def spectrum_csv(found: Mixing) -> str:
    """One line for each eigenvalue: its place, both its parts, its dimensions.

    Parameters
    ----------
    found : Mixing
    """
    heard = found.spectrum
    lines = [
        f"{place},{value.real:.12g},{value.imag:.12g},{weight:.12g}"
        for place, value, weight in zip(heard.places, heard.values, heard.weights, strict=True)
    ]
    return "\n".join(["place,real,imaginary,dimensions", *lines]) + "\n"
