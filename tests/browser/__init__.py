"""The library in a real browser: clicks, pictures, links, and a network that is cut."""
