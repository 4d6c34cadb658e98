"""The rooms of RoShamBo: play, listen, the bot of 2014, tournaments."""
