"""An ego network, its circles, and the recipe that guesses them."""
