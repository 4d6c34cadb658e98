"""Figures that the browser draws by itself, in place of plotly."""

from __future__ import annotations

from lab.views.elements import element

PARTS = "svg", *(f"chart/{part}" for part in "values text axes ticks frame marks notes chart".split())


def show(spec: str, key: str, alt: str) -> None:
    """Draw a figure over the full width.

    Parameters
    ----------
    spec : str
        JSON from ``lab.figures.chart.written``.
    alt : str
        What one sees.
    """
    component = element("chart", "chart/chart", "chart/chart", " ".join(PARTS))
    component(data={"figure": spec, "alt": alt}, key=key)
