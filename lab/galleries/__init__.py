"""What ships with each room, and how it is rendered: one module a room, read by `lab.gallery`."""
