"""Shuffling: which walk, how it mixes, what is heard of it, what one takes home."""
