"""Tests of lab.diffusion: stock diffusers as the oracle, on real pipelines of tiny size."""
