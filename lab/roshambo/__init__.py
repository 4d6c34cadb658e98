"""RoShamBo: iterated rock, paper, scissors as Fourier analysis on Z/3.

Moves make histories, histories make matches, matches make tournaments. A bot is a predictor (history ->
distribution), a response (distribution -> move) and a seed. `Diaconis` is the bot that hears patterns.
"""

from lab.roshambo.bot import Bot, Listener, Player
from lab.roshambo.bots import BOTS, FAMILIES, diaconis_2014
from lab.roshambo.diaconis import Diaconis, Thought
from lab.roshambo.match import Match, play_match
from lab.roshambo.tournament import Tournament, TournamentSpec, play_tournament

Diaconis2014 = diaconis_2014

__all__ = [
    "BOTS",
    "FAMILIES",
    "Bot",
    "Diaconis",
    "Diaconis2014",
    "Listener",
    "Match",
    "Player",
    "Thought",
    "Tournament",
    "TournamentSpec",
    "play_match",
    "play_tournament",
]
