"""The room of the anatomy: its controls, its diagram, its comparisons, its files."""
