"""A graph with hidden groups, and seven ways to look at how they are found."""
