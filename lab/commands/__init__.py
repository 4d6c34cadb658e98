"""Subcommands of ``python -m lab``, one module for each experiment, named after its word."""
