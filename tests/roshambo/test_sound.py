"""A history as sound: what is heard is what was played."""

import io
import wave

import numpy as np

from lab.roshambo import sound


def test_every_move_sounds_at_its_own_pitch():
    moves = [0, 2, 1, 1]
    notes = sound.melody(moves).reshape(len(moves), -1)
    loudest = np.abs(np.fft.rfft(notes, n=sound.RATE, axis=1)).argmax(axis=1)  # in hertz
    assert np.abs(loudest - np.array(sound.TONES)[moves]).max() < 4
    assert np.abs(notes).max() <= 1 and (notes[2] == notes[3]).all()


def test_it_is_a_wav_file_and_long_games_are_cut():
    with wave.open(io.BytesIO(sound.as_wav(sound.melody([1] * 1000)))) as file:
        assert file.getframerate() == sound.RATE and file.getnchannels() == 1
        assert file.getnframes() == sound.MOST_ROUNDS * round(sound.RATE * sound.SECONDS)
