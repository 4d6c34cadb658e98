"""What rings in a history: its spectrum, walks, fingerprint, frequencies, and the table of characters."""

from __future__ import annotations

from math import sqrt

import numpy as np
import streamlit as st

from lab.figures import roshambo as figures
from lab.roshambo.characters import null_amplitude, null_non_uniformity, words
from lab.roshambo.patterns import (
    WINDOW,
    Pattern,
    excess,
    fingerprint,
    looks,
    loudest_patterns,
    partial_sums,
    spectrum,
    time_spectrum,
)
from lab.views import page


def show_spectrum(pattern: Pattern, own, theirs) -> None:
    """The amplitude of every character of the pattern, and how far from even the table is."""
    coefficients = spectrum(pattern, own, theirs)
    rounds = len(theirs) - pattern.longest
    labels = ["".join(map(str, word)) or "0" for word in words(len(pattern.positions))]
    band, loudest = null_amplitude(rounds), null_amplitude(rounds, len(labels))
    drawn = figures.draw_spectrum(np.abs(coefficients), labels, band, loudest, page.colours())
    rings = int((np.abs(coefficients) > loudest).sum())
    page.figure(
        drawn,
        "spectrum",
        f"{len(labels)} bars, one for each character; {rings} of them rise above {loudest:.2f}, where "
        "the loudest noise ends.",
    )
    far, chance = excess(pattern, own, theirs), null_non_uniformity(rounds, len(pattern.positions) + 1)
    named = [name for name, _ in loudest_patterns(own, theirs, 3)]
    st.caption(
        f"{rings} of {len(labels)} characters ring. Upper bound lemma: {far:.3f} from even, chance under "
        f"{chance:.3f}. Of all 175 patterns the loudest are: {'; '.join(named)}."
    )


def show_walks(pattern: Pattern, own, theirs) -> None:
    """The loudest characters as walks in the complex plane."""
    amplitudes = np.abs(spectrum(pattern, own, theirs))
    order = np.argsort(-amplitudes)[:4]
    labels = words(len(pattern.positions))
    walks = {
        f"χ {''.join(map(str, labels[a])) or '0'}": partial_sums(pattern, int(a), own, theirs)
        for a in order.tolist()
    }
    rounds = len(theirs) - pattern.longest
    page.figure(
        figures.draw_partial_sums(walks, null_amplitude(rounds) * rounds, page.colours()),
        "walks",
        f"The loudest characters as walks of {rounds} steps in the complex plane; they get as far as "
        + ", ".join(f"{abs(walk[-1]):.0f}" for walk in walks.values())
        + ".",
        "The sums, round by round: what rings walks away, noise stays in the circle.",
    )


def show_portrait(own, theirs) -> None:
    """All pairs of the last ten moves."""
    names = [f"{who} {lag}" for lag in range(1, WINDOW + 1) for who in ("own", "theirs")]
    floor = null_amplitude(len(theirs), looks())
    cells = fingerprint(own, theirs)
    page.figure(
        figures.draw_fingerprint(cells, names, floor, page.colours(), height=420),
        "fingerprint",
        f"The bot's fingerprint, {len(names)} by {len(names)} cells: strong where its next move rings "
        f"with a pair of past moves, at most {np.nanmax(cells):.2f}; noise stays below {floor:.2f}.",
        "Its fingerprint: all pairs of the last ten moves.",
    )


def show_time(theirs) -> None:
    """The frequencies of the bare moves."""
    power = time_spectrum(theirs)
    limit = null_amplitude(len(theirs), len(theirs))
    page.figure(
        figures.draw_time_spectrum(power, limit, page.colours()),
        "time",
        f"The amplitude of {len(power)} frequencies in time, at most {power.max():.2f}; a cycle rings at "
        "multiples of one over its length.",
        f"Characters of time: cycles ring. |C| of the bare move (no turn at all): {power[0]:.2f}, "
        f"noise about {1 / sqrt(len(theirs)):.2f}.",
    )
