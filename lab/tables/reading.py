"""A visitor's own table, read from CSV or Parquet within bounds."""

import io

import numpy as np

from .table import MOST_GROUPS, Table

MOST_BYTES = 50 * 2**20
MOST_CELLS = 20_000_000
MOST_COLUMNS = 5_000
LONGEST_NAME = 60
MOSTLY = 0.8  # a column of text is taken as numbers where at least this share of it can be read as such


def read_table(body: bytes, name: str) -> Table:
    """Numbers, and texts that may colour the rows, from the bytes of a CSV or Parquet file.

    The separator (comma, semicolon, tab,
        bar) and the decimal comma are guessed from the first lines. Nothing in the
    file is ever executed.

    Raises
    ------
    ValueError
        One sentence, where the file is too large, empty, damaged or without numbers.
    """
    if len(body) > MOST_BYTES:
        raise ValueError(
            f"{name} has {len(body) / 2**20:.0f} MB, the limit is {MOST_BYTES // 2**20} MB: bring fewer rows."
        )
    read = _read_parquet if name.lower().endswith((".parquet", ".pq")) else _read_csv
    return _table(read(body, name), name)


def _read_csv(body, name):
    import pandas as pd

    text = _decoded(body, name)
    first = "\n".join(text.splitlines()[:20])
    separator = max(",;\t|", key=first.count)
    decimal = "," if separator in ";\t" and "," in first and "." not in first else "."
    columns = first.split("\n", 1)[0].count(separator) + 1
    if columns > MOST_COLUMNS or columns * text.count("\n") > MOST_CELLS:
        raise ValueError(
            f"{name} has too many cells: the limits are {MOST_COLUMNS} columns and {MOST_CELLS} cells."
        )
    try:
        return pd.read_csv(io.StringIO(text), sep=separator, decimal=decimal, low_memory=False)
    except (pd.errors.ParserError, pd.errors.EmptyDataError, ValueError, OverflowError) as error:
        reason = str(error).strip().splitlines()[-1][:120]
        raise ValueError(f"{name} cannot be read as a table ({reason}): save it as plain CSV.") from None


def _decoded(body, name):
    if b"\0" in body[:4096] and body[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        raise ValueError(f"{name} is not a text file: bring CSV, or Parquet with the ending .parquet.")
    for encoding in ("utf-16",) if body[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "latin-1"):
        try:
            return body.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError(f"{name} is not text in a known encoding: save it as UTF-8.")


def _read_parquet(body, name):
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(body))
        rows, columns = file.metadata.num_rows, file.metadata.num_columns
        if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:  # asked before anything is unpacked
            raise ValueError(
                f"{name} has {rows} rows and {columns} columns: the limits are {MOST_COLUMNS} columns and "
                f"{MOST_CELLS} cells."
            )
        return file.read().to_pandas(ignore_metadata=True)
    except (pa.ArrowException, OSError) as error:
        reason = str(error).strip().splitlines()[0][:120]
        raise ValueError(
            f"{name} cannot be read as Parquet ({reason}): save it again or bring CSV."
        ) from None


def _table(frame, name):
    if not len(frame):
        raise ValueError(f"{name} has a header but no rows: at least 2 are needed.")
    columns, texts = {}, {}
    for label in frame.columns:
        series, title = frame[label], _tidy(label)
        numbers = _numbers(series)
        if numbers is not None:
            columns[title] = numbers
        if numbers is None and series.nunique() <= MOST_GROUPS:
            texts[title] = series.astype("string").fillna("missing").map(_tidy).to_numpy(dtype=str)
    if not columns:
        raise ValueError(f"{name} has no column of numbers among its {frame.shape[1]} columns.")
    return Table(_tidy(name), columns, texts, "your own table")


def _numbers(series):
    """The column as floats with NaN for gaps, or None where it is text."""
    import pandas as pd

    if pd.api.types.is_bool_dtype(series) or pd.api.types.is_numeric_dtype(series):
        numbers = series.to_numpy(dtype=np.float64, na_value=np.nan)
    else:
        numbers = pd.to_numeric(series.astype("string"), errors="coerce").to_numpy(
            dtype=np.float64, na_value=np.nan
        )
        told = int(series.notna().sum())
        if not told or np.isfinite(numbers).sum() < MOSTLY * told:
            return None
    return np.where(np.isfinite(numbers), numbers, np.nan)


def _tidy(label):
    """A name that can be shown anywhere: one line, bounded, without characters that a page reads as marks."""
    plain = " ".join(str(label).split()).translate(str.maketrans("<>$`[]", "‹›＄'()"))
    return plain[:LONGEST_NAME] or "unnamed"
