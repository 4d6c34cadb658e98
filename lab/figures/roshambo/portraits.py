"""The portrait of a player: how loudly the next move rings with pairs of past moves."""

from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
from PIL import Image, ImageColor

from lab.figures.style import Palette, dress, scale

CELL, GAP = 44, 4  # pixels of the picture to keep


def draw_fingerprint(
    amplitudes: np.ndarray, names: list[str], floor: float, colours: Palette, height: int = 430
) -> go.Figure:
    """The fingerprint as a heat map; what chance could do is the colour of the paper.

    Parameters
    ----------
    amplitudes : array of shape (positions, positions)
    names : list of str
        Of the positions.
    floor : float
        95 % limit of the loudest entry under random moves.
    """
    figure = go.Figure(
        go.Heatmap(
            z=amplitudes,
            x=names,
            y=names,
            zmin=min(floor, 0.98),
            zmax=1,
            colorscale=scale((colours.card, *colours.sequence[1:])),
            xgap=2,
            ygap=2,
            colorbar=dict(thickness=12, outlinewidth=0, title="|C|"),
            hovertemplate="%{y} and %{x}<br>|C| = %{z:.3f}<extra></extra>",
        )
    )
    dress(figure, colours, height=height)
    rows = dict(autorange="reversed", scaleanchor="x", constrain="domain")
    figure.update_yaxes(fixedrange=True, showgrid=False, **rows)
    figure.update_xaxes(fixedrange=True, constrain="domain", showgrid=False)
    return figure


def paint_portrait(amplitudes: np.ndarray, floor: float, colours: Palette) -> np.ndarray:
    """The fingerprint as a picture to keep, without words.

    Returns
    -------
    image : uint8 array of shape (height, width, 3)
    """
    stops = np.array(
        [ImageColor.getrgb(colour) for colour in (colours.card, *colours.sequence[1:])], dtype=float
    )
    share = np.clip((amplitudes - floor) / max(1 - floor, 1e-6), 0, 1) * (len(stops) - 1)
    side = len(amplitudes) * (CELL + GAP) + 5 * GAP
    image = Image.new("RGB", (side, side), colours.paper)
    for (i, j), place in np.ndenumerate(share):
        below = min(int(place), len(stops) - 2)
        shade = stops[below] + (place - below) * (stops[below + 1] - stops[below])
        corner = 3 * GAP + j * (CELL + GAP), 3 * GAP + i * (CELL + GAP)
        image.paste(tuple(shade.astype(int).tolist()), (*corner, corner[0] + CELL, corner[1] + CELL))
    return np.asarray(image)
