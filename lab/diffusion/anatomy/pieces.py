"""What a recording yields: the opening, the moments of the loop, the ending; plain numpy.

Tensors are kept in half precision, which bounds the memory; the picture is the exact one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from lab.diffusion.anatomy.spec import AnatomySpec

KINDS = ("start", "word", "end", "padding")


@dataclass(frozen=True)
class Token:
    """One row of the text encoder's input.

    Parameters
    ----------
    id : int
    text : str
        The letters it stands for.
    kind : {"start", "word", "end", "padding"}
    word : int
        Number of the prompt's word it is a piece of, from 0; -1 for marks and padding.
    taught : bool
        False where the model has a list of words and this one is not on it.
    """

    id: int
    text: str
    kind: str
    word: int = -1
    taught: bool = True


@dataclass(frozen=True, eq=False)
class Part:
    """A sub-model and what it cost in this run.

    Parameters
    ----------
    name : {"text encoder", "UNet", "VAE decoder"}
    parameters : int
    multiply_adds : int
        Of one call for one picture, in matrix products and convolutions.
    calls : int
        For this picture; guidance makes two of each step.
    seconds : float
        Of all calls of this run, what was watched meanwhile included.
    """

    name: str
    parameters: int
    multiply_adds: int
    calls: int
    seconds: float


@dataclass(frozen=True, eq=False)
class Opening:
    """What is known before the first denoising step.

    Parameters
    ----------
    spec : AnatomySpec
        Complete.
    tokens : tuple of Token
        All the rows that the text encoder reads.
    cut : str
        The end of the prompt that did not fit.
    embedding : ndarray of shape (tokens, width), float32
    noise : ndarray of shape (channels, height, width), float16
    prediction_type : {"epsilon", "v_prediction", "sample"}
        What the UNet is trained to say.
    colours : ndarray of shape (channels + 1, 3), float32, or None
        Affine map from latents to colours in -1..1, where the model brings one.
    """

    spec: AnatomySpec
    tokens: tuple[Token, ...]
    cut: str
    embedding: np.ndarray
    noise: np.ndarray
    prediction_type: str
    colours: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Moment:
    """One call of the UNet and the scheduler's step after it; tensors (channels, height, width), float16.

    Parameters
    ----------
    index, total : int
    timestep, signal : float
        Place in the training schedule; share of the picture in the noisy latents.
    latents : ndarray
        Noisy latents that the UNet saw, signal^2 + noise^2 = 1.
    prediction : ndarray
        Noise or velocity, guidance applied.
    conditional, unconditional : ndarray or None
        With the prompt and with the negative one; None without guidance.
    clean : ndarray
        Predicted x0.
    attention : ndarray of shape (tokens, h, w), float16
        Share of each position's cross-attention that goes to each token, mean over heads and layers: over
        the tokens it sums to 1 at every position.
    picture : ndarray of shape (H, W, 3), uint8, or None
        Predicted x0 decoded; None where the decoder would cost more than the step.
    """

    index: int
    total: int
    timestep: float
    signal: float
    latents: np.ndarray
    prediction: np.ndarray
    conditional: np.ndarray | None
    unconditional: np.ndarray | None
    clean: np.ndarray
    attention: np.ndarray
    picture: np.ndarray | None


@dataclass(frozen=True, eq=False)
class Layer:
    """Cross-attention of one layer, mean over its heads and over the steps.

    Parameters
    ----------
    name : str
        Path of the layer in the UNet.
    heads : int
    maps : ndarray of shape (tokens, h, w), float16
        At the layer's own resolution.
    """

    name: str
    heads: int
    maps: np.ndarray


@dataclass(frozen=True, eq=False)
class Ending:
    """What is known after the last step.

    Parameters
    ----------
    latents : ndarray of shape (channels, height, width), float16
        Clean, as they go to the decoder.
    picture : ndarray of shape (H, W, 3), uint8
        Bit-equal to what :meth:`Model.render` makes of the same spec.
    parts : tuple of Part
    layers : tuple of Layer
    colours : ndarray of shape (channels + 1, 3), float32
        Affine map from latents to colours in -1..1: the model's own, or fitted to this very picture.
    recipe : dict
    """

    latents: np.ndarray
    picture: np.ndarray
    parts: tuple[Part, ...]
    layers: tuple[Layer, ...]
    colours: np.ndarray
    recipe: dict
