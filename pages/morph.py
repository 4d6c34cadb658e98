"""Morph."""

from lab.views import page

experiment = page.header("morph")
page.footer(experiment)
