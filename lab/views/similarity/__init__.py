"""The derivation of principal components in six steps, each one thing to do with the hand."""
