"""A Parquet file unpacked within bounds: what it says of itself is read first, then its texts by reference.

It is read in a process of its own: there are bytes on which the native reader dies, and with it would die
everybody's server. `python -m lab.tables.parquet` is that process; the table comes back as an Arrow stream.

A column of texts is stored as a list of different texts and a number for each row, so a file of some hundred
kilobytes may stand for gigabytes; here they are counted before they are written out.
"""

from __future__ import annotations

import io
import subprocess
import sys
from typing import TYPE_CHECKING

from lab.catalog import ROOT

if TYPE_CHECKING:
    import pyarrow as pa

MOST_UNPACKED = 256 * 2**20
PATIENCE = 30  # seconds
REFUSED, DAMAGED = 3, 4  # how the process ends


def unpack(body: bytes, name: str, most_columns: int, most_cells: int) -> pa.Table:
    """Table of a Parquet file, its texts written out.

    Raises
    ------
    ValueError
        If it has more columns, cells (those of lists counted one by one) or bytes than allowed.
    OSError
        If it is damaged.
    """
    import pyarrow as pa

    command = [sys.executable, "-m", __name__, str(most_columns), str(most_cells)]
    try:
        done = subprocess.run(command, input=body, capture_output=True, timeout=PATIENCE, cwd=ROOT)
    except subprocess.TimeoutExpired:
        raise OSError(f"reading took more than {PATIENCE} seconds") from None
    told = done.stderr.decode(errors="replace").strip()
    if done.returncode == REFUSED:
        raise ValueError(f"{name} {told}")
    if done.returncode:
        raise OSError(told if done.returncode == DAMAGED and told else "its inner parts do not fit together")
    with pa.ipc.open_stream(done.stdout) as stream:
        return stream.read_all()


def main(arguments: list[str]) -> int:
    """Read a file from the standard input, write its table to the standard output."""
    import pyarrow as pa

    try:
        table = read(sys.stdin.buffer.read(), *map(int, arguments))
        with pa.ipc.new_stream(sys.stdout.buffer, table.schema) as stream:
            stream.write_table(table)
    except (pa.ArrowException, OSError) as damage:
        sys.stderr.write(str(damage))
        return DAMAGED
    except ValueError as refusal:
        sys.stderr.write(str(refusal))
        return REFUSED
    return 0


def read(body: bytes, most_columns: int, most_cells: int) -> pa.Table:
    """As `unpack`, in this process; what is refused is told without the name of the file.

    Raises
    ------
    ValueError
        If it is larger than allowed.
    pyarrow.ArrowException, OSError
        If it is damaged in a way that the reader notices.
    """
    import pyarrow.parquet as pq

    facts = pq.ParquetFile(io.BytesIO(body)).metadata
    chunks = [
        facts.row_group(i).column(j) for i in range(facts.num_row_groups) for j in range(facts.num_columns)
    ]
    rows, columns, cells = facts.num_rows, facts.num_columns, sum(chunk.num_values for chunk in chunks)
    if columns > most_columns or max(rows * columns, cells) > most_cells:
        raise ValueError(
            f"has {rows} rows and {columns} columns: the limits are {most_columns} columns and "
            f"{most_cells} cells."
        )
    _check_bytes(sum(chunk.total_uncompressed_size for chunk in chunks))
    texts = sorted({chunk.path_in_schema for chunk in chunks if chunk.physical_type == "BYTE_ARRAY"})
    table = pq.ParquetFile(io.BytesIO(body), read_dictionary=texts).read()
    _check_bytes(sum(map(_written_out, table.columns)))
    for index, column in enumerate(table.columns):
        if _is_of_texts(column.type):
            table = table.set_column(index, table.field(index).name, column.cast(column.type.value_type))
    return table


def _check_bytes(count: int) -> None:
    if count > MOST_UNPACKED:
        raise ValueError(
            f"unpacks to {count / 2**20:.0f} MB, the limit is {MOST_UNPACKED // 2**20} MB: "
            "bring fewer rows or shorter texts."
        )


def _is_of_texts(kind: pa.DataType) -> bool:
    """Whether a column refers to texts or bytes by number."""
    import pyarrow.types as kinds

    return kinds.is_dictionary(kind) and (
        kinds.is_binary(kind.value_type) or kinds.is_string(kind.value_type)
    )


def _written_out(column: pa.ChunkedArray) -> int:
    """Bytes of a column once every row has its own copy of its text."""
    import pyarrow.compute as pc

    if not _is_of_texts(column.type):
        return column.nbytes
    lengths = (pc.binary_length(part.dictionary).take(part.indices.drop_null()) for part in column.chunks)
    return sum(pc.sum(each).as_py() or 0 for each in lengths)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
