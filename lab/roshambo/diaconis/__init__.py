"""Diaconis: the bot that searches the patterns of a game with Fourier sums."""

from lab.roshambo.diaconis.player import Diaconis, Thought

__all__ = ["Diaconis", "Thought"]
