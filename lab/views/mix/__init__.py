"""The room of blends: sources, a point between them, all blends of a lattice, and how near they are."""
