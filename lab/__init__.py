"""The laboratory of the Latent Library: experiments as plain Python, without a word about the page."""
