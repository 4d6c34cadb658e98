"""A history as sound: three moves, three tones. A wave is a tune, a fair die is not."""

from __future__ import annotations

import io
import wave
from collections.abc import Sequence

import numpy as np

RATE = 16_000  # samples a second
TONES = (261.63, 329.63, 392.00)  # hertz: c', e', g', a major triad
SECONDS = 0.14  # of one round
MOST_ROUNDS = 400


def melody(moves: Sequence[int]) -> np.ndarray:
    """One tone for each move, struck and fading.

    Parameters
    ----------
    moves : sequence of int
        What comes after the first `MOST_ROUNDS` stays silent.

    Returns
    -------
    samples : float array of shape (rounds * samples of a round,), from -1 to 1
    """
    time = np.arange(round(RATE * SECONDS)) / RATE
    struck = np.minimum(1, time / 0.005) * np.exp(-time / 0.06)
    notes = [
        struck * (0.7 * np.sin(2 * np.pi * tone * time) + 0.3 * np.sin(4 * np.pi * tone * time))
        for tone in TONES
    ]
    return np.concatenate([notes[move] for move in list(moves)[:MOST_ROUNDS]])


def as_wav(samples: np.ndarray) -> bytes:
    """Samples as a WAV file: one channel, 16 bits."""
    file = io.BytesIO()
    with wave.open(file, "wb") as written:
        written.setnchannels(1)
        written.setsampwidth(2)
        written.setframerate(RATE)
        written.writeframes((32767 * np.clip(samples, -1, 1)).astype("<i2").tobytes())
    return file.getvalue()
