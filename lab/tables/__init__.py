"""Tables of measurements: shipped, made by a formula, or a visitor's own. Serves the statistics rooms."""

from .made import MADE, make
from .principal import on_axes
from .reading import read_table
from .shipped import SHIPPED, cities, ship
from .table import MISSING, Groups, Table

TABLES = {**SHIPPED, **MADE}


def table(word: str) -> Table:
    """A table by its word, shipped or made.

    Parameters
    ----------
    word : str
        One of `TABLES`.
    """
    if word not in TABLES:
        raise ValueError(f"The table {word!r} is unknown: choose one of {', '.join(TABLES)}.")
    return ship(word) if word in SHIPPED else make(word)


__all__ = [
    "MADE",
    "MISSING",
    "SHIPPED",
    "TABLES",
    "Groups",
    "Table",
    "cities",
    "on_axes",
    "read_table",
    "table",
]
