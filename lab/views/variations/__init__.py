"""The room of variations: its knobs, the way of picks, the wall, the film and the walk panel."""
