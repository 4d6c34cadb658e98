"""Calculating with pictures where the model keeps them: the latents of its autoencoder.

Every calculation is done twice, on latents and on pixels, and the two results are compared. Importing this
package loads no torch, so that a page can check what a visitor typed before anything heavy.
"""

from lab.diffusion.latents.spec import VIEWS, LatentsSpec

__all__ = ["VIEWS", "LatentsSpec"]
