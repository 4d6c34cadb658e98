"""The librarian's room: knobs, shelves, the pictures that come, the one that is chosen, the tree."""
