"""What a UNet is told beside the noisy latents, for each family: a UNet that takes the embeddings alone.

Stable Diffusion 1 and 2 read the tokens. SDXL also reads the pooled embedding and six numbers about the size
(Podell et al. 2023).
A consistency model that was distilled with its guidance reads the scale as a vector instead of being asked
twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import torch
from torch import Tensor

if TYPE_CHECKING:
    from diffusers import UNet2DConditionModel


def reads_guidance(unet: UNet2DConditionModel) -> bool:
    """Whether the guidance scale is an input of the network, so that one pass is enough."""
    return unet.config.time_cond_proj_dim is not None


def passes(unet: UNet2DConditionModel, guidance: float) -> int:
    """Network passes of one step: two with classifier-free guidance, else one."""
    return 2 if guidance > 1 and not reads_guidance(unet) else 1


@dataclass(frozen=True)
class Conditioned:
    """A UNet called as ``unet(latents, timestep, encoder_hidden_states=embeddings, return_dict=False)``.

    Parameters
    ----------
    unet : UNet2DConditionModel
    pooled : int
        Width of the pooled embedding in the last row; 0 where there is none.
    size : (int, int)
        Width and height of the pictures.
    guidance : float
    """

    unet: UNet2DConditionModel
    pooled: int
    size: tuple[int, int]
    guidance: float

    @property
    def dtype(self) -> torch.dtype:
        """Number format of the weights."""
        return self.unet.dtype

    def __call__(self, latents: Tensor, timestep, encoder_hidden_states: Tensor, return_dict: bool = False):
        """Predict for a batch of latents, with all that this family wants to be told."""
        told: dict[str, Any] = {}
        tokens = encoder_hidden_states
        if self.pooled:
            told["added_cond_kwargs"] = {
                "text_embeds": tokens[:, -1, : self.pooled],
                "time_ids": self._size_numbers(len(tokens), tokens),
            }
            tokens = tokens[:, :-1]
        if reads_guidance(self.unet):
            told["timestep_cond"] = self._guidance_vector(len(tokens), tokens)
        return self.unet(latents, timestep, encoder_hidden_states=tokens, return_dict=return_dict, **told)

    def _size_numbers(self, count: int, like: Tensor) -> Tensor:
        """SDXL's time ids (count, 6): original height and width, no crop, the same as target."""
        width, height = self.size
        return (
            torch.tensor([[height, width, 0, 0, height, width]], device=like.device)
            .to(like.dtype)
            .repeat(count, 1)
        )

    def _guidance_vector(self, count: int, like: Tensor) -> Tensor:
        """Sines and cosines of the scale less one (count, dim), as in Kingma 2021 and Luo 2023."""
        half = self.unet.config.time_cond_proj_dim // 2
        rates = torch.exp(
            torch.arange(half, dtype=torch.float32) * -(torch.log(torch.tensor(10_000.0)) / (half - 1))
        )
        angles = (self.guidance - 1) * 1000.0 * rates
        vector = torch.cat([angles.sin(), angles.cos()])
        return vector.to(like.device, like.dtype).repeat(count, 1)
