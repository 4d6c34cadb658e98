"""Numbers somebody may quote, each printed beside a peer measured in the same run."""
