"""What the latents room finds: pictures with their latents, and one result for each look at them.

Plain arrays, so that a figure, a file or a notebook needs no torch.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.diffusion.difference import Difference


@dataclass(frozen=True, eq=False)
class Source:
    """A picture that has a letter.

    Parameters
    ----------
    letter : str
    picture : str
        Prompt, or the name of a picture that was brought.
    image : ndarray of shape (H, W, 3), uint8
        What the model drew, or what was brought, at the model's size.
    latents : ndarray of shape (channels, height, width), float32
        Those the model drew it from, or those that its autoencoder gives it.
    returned : ndarray of shape (H, W, 3), uint8
        The picture through the autoencoder and back.
    loss : Difference
        What that costs.
    """

    letter: str
    picture: str
    image: np.ndarray
    latents: np.ndarray
    returned: np.ndarray
    loss: Difference


@dataclass(frozen=True, eq=False)
class Answer:
    """An expression calculated on latents and on pixels.

    Parameters
    ----------
    expression : str
        As the parser writes it.
    image : ndarray of shape (H, W, 3), uint8
        Calculated on latents, then decoded.
    pixels : ndarray of the same shape, or None
        Calculated on pixels, cut to what a picture can show; None where pixels cannot answer.
    reason : str
        Why they cannot.
    difference : Difference, optional
        Between the two.
    floor : Difference, optional
        What the autoencoder alone makes of the pixels' answer, encoded and decoded: no latents can do better.
    distance : float
        Of the calculated latents from those of the pixels' answer, as a share of the latter's length.
    strange : float
        Share of the calculated latents beyond four standard deviations of those of the pictures.
    """

    expression: str
    image: np.ndarray
    pixels: np.ndarray | None
    reason: str = ""
    difference: Difference | None = None
    floor: Difference | None = None
    distance: float = float("nan")
    strange: float = 0.0


@dataclass(frozen=True, eq=False)
class Mirror:
    """A candidate for what minus the latents is: the negative ``2 c - x`` about a colour ``c``."""

    title: str
    colour: tuple[float, float, float]
    image: np.ndarray
    difference: Difference


@dataclass(frozen=True, eq=False)
class Negative:
    """Minus a picture: what the latents say, and the negatives about several colours.

    Parameters
    ----------
    answer : Answer
        Of ``-a``.
    zero : ndarray of shape (H, W, 3), uint8
        What latents of nothing but 0 decode to.
    mirrors : tuple of Mirror
        The nearest first.
    straight : float
        R^2 of the best straight map (3 x 3 and a constant) from the picture's colours to the result's.
    """

    answer: Answer
    zero: np.ndarray
    mirrors: tuple[Mirror, ...]
    straight: float


@dataclass(frozen=True, eq=False)
class Colours:
    """A straight map from latents to colours, shipped and fitted.

    Parameters
    ----------
    true, shipped, fitted : tuple of ndarray of shape (h, w, 3), uint8
        Each picture shrunk to the size of its latents, and what the maps make of the latents alone; `shipped`
        is empty for a model that ships no map.
    shipped_fit, fitted_fit : float
        R^2 of the maps over the present pictures; the first is NaN without a map.
    left_out : float
        Mean R^2 of maps fitted to all pictures but one, on the one left out; NaN for a single picture.
    weights : ndarray of shape (channels + 1, 3)
        The fitted map to colours from -1 to 1, its last row the constant.
    """

    true: tuple[np.ndarray, ...]
    shipped: tuple[np.ndarray, ...]
    fitted: tuple[np.ndarray, ...]
    shipped_fit: float
    fitted_fit: float
    left_out: float
    weights: np.ndarray


@dataclass(frozen=True, eq=False)
class Between:
    """One place between two pictures, three ways.

    Parameters
    ----------
    t : float
        0 is the first picture, 1 the second.
    latents, pixels : ndarray of shape (H, W, 3), uint8
        Straight lines between the latents and between the pixels.
    morph : ndarray of the same shape, or None
        Drawn anew from an embedding between the two; None where a picture has no prompt.
    fade, news : Difference
        Of `latents`, and of `morph`, from the pixels' cross-fade.
    """

    t: float
    latents: np.ndarray
    pixels: np.ndarray
    morph: np.ndarray | None
    fade: Difference
    news: Difference | None


@dataclass(frozen=True, eq=False)
class Noised:
    """A picture under noise.

    Parameters
    ----------
    level : float
        0 is the picture, 1 the noise that drawing begins with.
    timestep : int
        Of the training schedule; -1 for no noise.
    signal : float
        Square root of the cumulative alpha: what is left of the picture.
    latents, pixels : ndarray of shape (H, W, 3), uint8
        The same level of noise on latents, decoded, and on pixels.
    difference : Difference
        Of `latents` from the picture without noise.
    """

    level: float
    timestep: int
    signal: float
    latents: np.ndarray
    pixels: np.ndarray
    difference: Difference


Result = Answer | Negative | Colours | Between | Noised
