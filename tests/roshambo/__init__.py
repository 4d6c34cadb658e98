"""Tests of RoShamBo."""
