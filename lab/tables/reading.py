"""A visitor's own table, read from CSV or Parquet within bounds."""

import csv
import io
import re

import numpy as np

from lab.uploaded import check_size, check_text, decoded

from .kinds import LARGEST, days, distinct, few_texts, numbers, tidy
from .parquet import unpack
from .table import Table

MOST_BYTES = 50 * 2**20
MOST_CELLS = 20_000_000
MOST_COLUMNS = 5_000
LOOK = 2**16  # characters from which the layout of a text file is guessed
LINES = 20
SEPARATORS = ",;\t|"
NUMBER = re.compile(r"[-+]?\d*\.?\d+(e[-+]?\d+)?", re.IGNORECASE)
COMMA = re.compile(r"[-+]?[\d.]*\d,\d+")
POINT = re.compile(r"[-+]?\d*\.\d+")
THOUSANDS = re.compile(r"[-+]?\d{1,3}(,\d{3})+(\.\d+)?")


def read_table(body: bytes, name: str) -> Table:
    """Numbers, and texts that may colour the rows, from the bytes of a CSV or Parquet file.

    The separator, the decimal comma and a missing header are guessed from the first lines; dates become days.
    Nothing in the file is ever executed.

    Parameters
    ----------
    body : bytes
    name : str
        Of the file.

    Raises
    ------
    ValueError
        One sentence, where the file is too large, empty, damaged or without numbers.
    """
    check_size(body, name, MOST_BYTES, "bring fewer rows")
    parquet = name.lower().endswith((".parquet", ".pq"))
    frame, told = _read_parquet(body, name) if parquet else _read_csv(body, name)
    return _table(frame, name, told)


def _read_csv(body, name):
    import pandas as pd

    check_text(body, name, "bring CSV, or Parquet with the ending .parquet")
    text = decoded(body, name)
    lines = text[:LOOK].splitlines()[:LINES]
    separator = _separator(lines)
    header, *cells = _split(lines, separator) or [[]]
    if len(header) > MOST_COLUMNS or len(header) * text.count("\n") > MOST_CELLS:
        raise ValueError(
            f"{name} has too many cells: the limits are {MOST_COLUMNS} columns and {MOST_CELLS} cells."
        )
    told, how = _header(header)
    how |= _marks([cell for row in cells for cell in row], separator)
    try:
        frame = pd.read_csv(io.StringIO(text), sep=separator, low_memory=False, **how)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, OverflowError) as error:
        reason = str(error).strip().splitlines()[-1][:120]
        raise ValueError(f"{name} cannot be read as a table ({reason}): save it as plain CSV.") from None
    return frame, told


def _split(lines, separator):
    separator = " " if separator == r"\s+" else separator
    rows = csv.reader(lines, delimiter=separator, skipinitialspace=separator == " ")
    try:
        return [row for row in rows if row]
    except csv.Error:
        return []


def _separator(lines):
    """The character that cuts most lines into as many fields as the first; white space where none cuts."""
    best, fit = None, (0.0, 0)
    for separator in SEPARATORS:
        counts = [len(row) for row in _split(lines, separator)]
        if counts and counts[0] > 1:
            fit, best = max((fit, best), ((counts.count(counts[0]) / len(counts), counts[0]), separator))
    if best is None:
        widths = {len(row) for row in _split(lines, " ")}
        best = r"\s+" if len(widths) == 1 and min(widths) > 1 else ";"
    return best


def _header(header):
    """What is said of the first line, and how pandas is to take it."""
    if header and all(NUMBER.fullmatch(cell.strip()) for cell in header):
        names = [f"column {i}" for i in range(1, len(header) + 1)]
        told = "The first line holds numbers only, so it was read as a row and the columns were numbered."
        return [told], {"header": None, "names": names}
    told, names = _told_apart(header)
    return told, {"header": 0, "names": names} if header else {}


def _told_apart(labels):
    """A sentence where two columns have one name, and a name for each."""
    names = distinct(labels)
    twice = [new for new, old in zip(names, map(tidy, labels), strict=True) if new != old]
    return [f"Columns of the same name were told apart: {', '.join(twice[:4])}."] if twice else [], names


def _marks(cells, separator):
    """Decimal and thousands marks, from the looks of some cells."""
    commas = [cell for cell in map(str.strip, cells) if COMMA.fullmatch(cell)]
    points = sum(bool(POINT.fullmatch(cell.strip())) for cell in cells)
    grouped = all(THOUSANDS.fullmatch(cell) for cell in commas)
    if not commas or (separator == "," and grouped) or points > len(commas):
        return {"thousands": ","} if commas and grouped else {}
    return {"decimal": ",", "thousands": "." if any("." in cell for cell in commas) else None}


def _read_parquet(body, name):
    import pyarrow as pa

    try:
        read = unpack(body, name, MOST_COLUMNS, MOST_CELLS)
        told, names = _told_apart(read.column_names)
        return read.rename_columns(names).to_pandas(ignore_metadata=True), told
    except (pa.ArrowException, OSError) as error:
        reason = (str(error).strip().splitlines() or ["damaged"])[0][:120]
        raise ValueError(
            f"{name} cannot be read as Parquet ({reason}): save it again or bring CSV."
        ) from None


def _table(frame, name, told):
    if len(frame) < 2:
        rows = "only 1 row" if len(frame) else "no rows"
        raise ValueError(f"{name} has {rows} of data: at least 2 are needed.")
    columns, texts, aside, dates, large = {}, {}, [], [], []
    for title in frame.columns:
        series = frame[title]
        if (found := numbers(series)) is not None:
            columns[title] = np.where(np.abs(found) <= LARGEST, found, np.nan)
            large += [title] if (np.abs(found) > LARGEST).any() else []
        elif (found := days(series)) is not None:
            columns[title] = found
            dates.append(title)
        elif (found := few_texts(series)) is not None:
            texts[title] = found
        else:
            aside.append(title)
    if not columns:
        raise ValueError(f"{name} has no column of numbers among its {frame.shape[1]} columns.")
    if dates:
        told.append(f"Dates and times are counted in days, dates from the first: {', '.join(dates)}.")
    if large:
        told.append(f"Numbers beyond {LARGEST:g} cannot be squared and count as gaps: {', '.join(large)}.")
    return Table(tidy(name), columns, texts, "your own table", tuple(aside), tuple(told))
