"""babel: a small Stable Diffusion of the real architecture, and everything that makes it.

The illustrator draws pictures and says what is on them; the tokenizer, the judge (a small CLIP), the
autoencoder and the denoiser are trained on those drawings alone. `python -m lab.babel.train` makes the
model again.
"""
