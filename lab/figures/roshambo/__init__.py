"""Figures of RoShamBo: spectra, portraits, win shares and tournaments."""

from lab.figures.roshambo.lessons import draw_score, draw_turns
from lab.figures.roshambo.portraits import draw_fingerprint, paint_portrait
from lab.figures.roshambo.spectra import draw_characters, draw_partial_sums, draw_spectrum, draw_time_spectrum
from lab.figures.roshambo.tables import draw_curves, draw_payoff, draw_ranking, draw_shares

__all__ = [
    "draw_characters",
    "draw_curves",
    "draw_fingerprint",
    "draw_partial_sums",
    "draw_payoff",
    "draw_ranking",
    "draw_score",
    "draw_shares",
    "draw_spectrum",
    "draw_time_spectrum",
    "draw_turns",
    "paint_portrait",
]
