"""Pictures to latents: equal to stock diffusers, and back again up to what the autoencoder loses."""

import numpy as np
import pytest
import torch
from diffusers.image_processor import VaeImageProcessor
from PIL import Image

from lab.diffusion import autoencoder


def picture_for(model, seed=0):
    width, height = model.size
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def test_encode_equals_stock_diffusers(small, small_stock):
    picture = picture_for(small)
    pixels = VaeImageProcessor(vae_scale_factor=2).preprocess(Image.fromarray(picture))
    with torch.no_grad():
        posterior = small_stock.vae.encode(pixels).latent_dist
    latents = small.encode(picture)
    assert tuple(latents.shape) == small.latent_shape and latents.dtype == torch.float32
    torch.testing.assert_close(latents, posterior.mode()[0] * small_stock.vae.config.scaling_factor)


def test_pixels_go_there_and_back():
    picture = np.random.default_rng(1).integers(0, 256, (5, 7, 3), np.uint8)
    tensor = autoencoder.to_tensor(picture)
    assert tensor.min() >= -1 and tensor.max() <= 1
    assert np.array_equal(autoencoder.to_picture(tensor), picture)
    assert np.array_equal(autoencoder.to_picture(-tensor), 255 - picture)


def test_a_picture_of_another_size_or_type_is_refused(small):
    with pytest.raises(ValueError, match=r"takes uint8 of shape \(16, 16, 3\)"):
        small.encode(np.zeros((8, 8, 3), np.uint8))
    with pytest.raises(ValueError, match="float64"):
        small.encode(np.zeros((16, 16, 3)))
