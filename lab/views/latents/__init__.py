"""The latents room: pictures and a look at them, what was found, what to take home."""
