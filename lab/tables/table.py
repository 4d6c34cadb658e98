"""A table of numbers with named columns, and the few texts that may colour it."""

from dataclasses import dataclass, field, replace

import numpy as np

MISSING = ("drop", "median")
MOST_GROUPS = 12


@dataclass(frozen=True, eq=False)
class Groups:
    """A partition of the rows.

    Parameters
    ----------
    codes : int ndarray of shape (n,)
        Of each row.
    names : tuple of str
        Of each code.
    """

    codes: np.ndarray
    names: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Table:
    """Named columns of equal length.

    Attributes
    ----------
    title : str
        For the eye.
    columns : dict of str to float array (n,)
        NaN where a value is missing.
    texts : dict of str to str array (n,)
        Columns with at most `MOST_GROUPS` different values, which may colour the rows.
    note : str
        Where it is from.
    aside : tuple of str
        Columns that were left out: texts with more different values than there are colours.
    told : tuple of str
        Sentences on what was guessed or changed when the table was read.
    """

    title: str
    columns: dict[str, np.ndarray]
    texts: dict[str, np.ndarray] = field(default_factory=dict)
    note: str = ""
    aside: tuple[str, ...] = ()
    told: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), next(iter(self.texts.values()), ())))

    def __getitem__(self, name: str) -> np.ndarray:
        return self.columns[name]

    def matrix(self, names=None) -> np.ndarray:
        """The named columns (all by default) as samples of shape (n, d)."""
        return np.column_stack([self.columns[name] for name in names or self.columns])

    def groups(self, name: str | None = None) -> Groups:
        """Rows by the text column `name` (the first by default); one nameless group where there is none."""
        labels = self.labels(name)
        if labels is None:
            return Groups(np.zeros(len(self), dtype=int), ("all",))
        names, first, codes = np.unique(labels, return_index=True, return_inverse=True)
        order = np.argsort(first)  # in the order in which the table names them
        return Groups(np.argsort(order)[codes], tuple(names[order]))

    def labels(self, name: str | None = None) -> np.ndarray | None:
        """The text column `name` (the first by default), (n,); None where there is none."""
        name = name or next(iter(self.texts), None)
        if name is not None and name not in self.texts:
            known = ", ".join(self.texts) or "there is none"
            raise ValueError(f"There is no column of short texts {name!r}: choose one of them ({known}).")
        return None if name is None else self.texts[name]

    def constant(self, names=None) -> list[str]:
        """Those of the named columns (all by default) that never change, and so tell nothing."""
        return [name for name in names or self.columns if not np.ptp(self._finite(name)) > 0]

    def _finite(self, name):
        values = self.columns[name][np.isfinite(self.columns[name])]
        return values if len(values) else np.zeros(1)

    def gaps(self, names) -> np.ndarray:
        """Rows in which one of the named columns is missing, (n,) bool."""
        return ~np.isfinite(self.matrix(names)).all(1)

    def mended(self, names, missing="drop") -> "Table":
        """The named columns without gaps: rows dropped, or each gap filled with its column's median.

        Raises
        ------
        ValueError
            Where nothing would be left, or the way of mending is unknown.
        """
        if missing not in MISSING:
            raise ValueError(f"Gaps can be mended by {' or '.join(MISSING)}, not by {missing!r}.")
        X, gaps = self.matrix(names), self.gaps(names)
        if missing == "drop":
            if gaps.all():
                raise ValueError(
                    f"All {len(self)} rows have a gap: fill gaps with the median or choose other columns."
                )
            texts = {key: text[~gaps] for key, text in self.texts.items()}
            return replace(self, columns=dict(zip(names, X[~gaps].T, strict=True)), texts=texts)
        finite = np.isfinite(X)
        if not finite.any(0).all():
            empty = names[int(finite.any(0).argmin())]
            raise ValueError(f"The column {empty!r} has no value at all: leave it out.")
        medians = np.nanmedian(np.where(finite, X, np.nan), axis=0)
        return replace(self, columns=dict(zip(names, np.where(finite, X, medians).T, strict=True)))

    def standardised(self) -> "Table":
        """Each column with mean 0 and standard deviation 1; constant columns become 0."""
        X = self.matrix()
        spread = X.std(0)
        X = (X - X.mean(0)) / np.where(spread > 1e-12 * (1 + np.abs(X).max(0)), spread, np.inf)
        return replace(self, columns=dict(zip(self.columns, X.T, strict=True)))
