"""What a column of a file holds: numbers, dates, durations, a few short texts, or nothing to draw."""

import re

import numpy as np

from .table import MOST_GROUPS

LONGEST_NAME = 60
MOSTLY = 0.8  # a column of text is taken as numbers where at least this share of it can be read as such
LARGEST = 1e150  # the square of a larger number, summed over some rows, is none
DAY = 86_400.0  # seconds
DATE = re.compile(r"\s*\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}")


def numbers(series):
    """The column as floats (n,) with NaN for gaps, or None where it is text."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(series) or pd.api.types.is_numeric_dtype(series):
        found = series.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        if (text := as_texts(series)) is None:
            return None
        text = text.str.strip().str.removesuffix("%")
        found = pd.to_numeric(text, errors="coerce").to_numpy(dtype=np.float64, na_value=np.nan)
        told = int(series.notna().sum())
        if not told or np.isfinite(found).sum() < MOSTLY * told:
            return None
    return np.where(np.isfinite(found), found, np.nan)


def as_texts(series):
    """The column as texts; None where its cells cannot be read as such, like bytes that are no UTF-8."""
    try:
        return series.astype("string")
    except (TypeError, ValueError):
        return None


def days(series):
    """Dates as days since the first (n,), durations as days, NaN for gaps; None where it is neither."""
    import pandas as pd

    if pd.api.types.is_timedelta64_dtype(series):
        return series.dt.total_seconds().to_numpy(dtype=np.float64) / DAY
    told = int(series.notna().sum())
    if not pd.api.types.is_datetime64_any_dtype(series):
        text = as_texts(series)
        first = [] if text is None else text.dropna().head(1).tolist()
        if not first or not DATE.match(first[0]):
            return None
        points = "." in first[0]
        series = pd.to_datetime(text, errors="coerce", format="mixed", dayfirst=points, utc=True)
    if series.notna().sum() < max(1, MOSTLY * told):
        return None
    return (series - series.min()).dt.total_seconds().to_numpy(dtype=np.float64) / DAY


def few_texts(series):
    """The column as texts (n,) where they are few enough to colour rows by; None else."""
    try:
        texts = series.astype("string").fillna("missing").map(tidy)
        few = series.nunique() <= MOST_GROUPS
    except (TypeError, ValueError):  # lists and other things within a cell
        return None
    return texts.to_numpy(dtype=str) if few else None


def tidy(label):
    """A name that can be shown anywhere: one line, bounded, without characters that a page reads as marks."""
    plain = " ".join(str(label).split()).translate(str.maketrans("<>$`[]", "‹›＄'()"))
    return plain[:LONGEST_NAME] or "unnamed"


def distinct(labels) -> list[str]:
    """Tidy names, each of them once: the second ``a`` becomes ``a (2)``."""
    names, taken = [], set()
    for label in labels:
        name = plain = tidy(label)
        count = 1
        while name in taken:
            count += 1
            name = f"{plain[: LONGEST_NAME - 6]} ({count})"
        names.append(name)
        taken.add(name)
    return names
