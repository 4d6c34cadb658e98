"""Small public tables that lie in data/tables; origins and licences in data/tables/SOURCES.md."""

import csv
from functools import cache
from pathlib import Path

import numpy as np

from .table import Table

FOLDER = Path(__file__).resolve().parents[2] / "data" / "tables"
SHIPPED = {
    "iris": (
        "Iris",
        "150 flowers of three species, measured by E. Anderson, published by R. A. Fisher, 1936",
    ),
    "wine": ("Wine", "178 wines of three cultivars, analysed by M. Forina et al., 1988"),
    "digits": ("Digits", "1797 handwritten digits of 8 x 8 pixels, E. Alpaydin and C. Kaynak, 1998"),
    "breast_cancer": ("Breast cancer", "569 tumours, 30 shapes of cell nuclei, W. Wolberg et al., 1995"),
}


@cache
def ship(word: str) -> Table:
    """A shipped table by its word; the last column names the groups."""
    title, note = SHIPPED[word]
    names, X, labels = _read(word)
    return Table(title, dict(zip(names[:-1], X.T, strict=True)), {names[-1]: labels}, note)


@cache
def cities() -> tuple[tuple[str, ...], np.ndarray]:
    """Names of European cities, and their latitudes and longitudes in degrees, (n, 2)."""
    _, places, names = _read("cities")
    return tuple(names.tolist()), places


def _read(word):
    """Header, numbers (n, d) and last column of a CSV file."""
    with (FOLDER / f"{word}.csv").open(encoding="utf-8", newline="") as lines:
        header, *rows = csv.reader(lines)
    return header, np.array([row[:-1] for row in rows], dtype=np.float64), np.array([row[-1] for row in rows])
