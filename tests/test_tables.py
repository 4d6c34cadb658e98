"""Tables: the shipped ones value by value, a visitor's own within bounds, gaps mended as asked."""

import io
import subprocess
import sys
from random import Random

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine

from lab.catalog import ROOT
from lab.tables import TABLES, Table, cities, read_table, table
from lab.tables import reading as bounds

TOY = Table("toy", {"a": np.array([1.0, np.nan, 3.0, 5.0]), "b": np.array([1.0, 2.0, np.nan, 4.0])})


@pytest.mark.parametrize(
    ("word", "load"),
    [
        ("iris", load_iris),
        ("wine", load_wine),
        ("digits", load_digits),
        ("breast_cancer", load_breast_cancer),
    ],
)
def test_shipped_tables_equal_scikit_learns(word, load):
    ours, theirs = table(word), load()
    np.testing.assert_array_equal(ours.matrix(), theirs.data)
    np.testing.assert_array_equal(ours.groups().codes, theirs.target)


@pytest.mark.parametrize("word", TABLES)
def test_every_table_is_whole(word):
    found = table(word)
    assert len(found) > 1 and found.title and found.note
    assert np.isfinite(found.matrix()).all()
    assert len(found.groups().codes) == len(found)


def test_the_gas_obeys_its_law():
    gas = table("gas")
    ratio = gas["pressure (bar)"] * gas["volume (l)"] * 100 / (gas["amount (mol)"] * gas["temperature (K)"])
    assert ratio.mean() == pytest.approx(8.314, rel=0.01) and ratio.std() == pytest.approx(0.25, rel=0.1)


def test_made_up_penguins_say_so_and_hold_simpsons_paradox():
    birds = table("penguins")
    assert "made up" in birds.title and "invented" in birds.note and len(birds) == 333
    length, depth, codes = birds["bill length (mm)"], birds["bill depth (mm)"], birds.groups("species").codes
    assert np.corrcoef(length, depth)[0, 1] < -0.1
    for code in range(3):
        assert np.corrcoef(length[codes == code], depth[codes == code])[0, 1] > 0.4


def test_lorenz_stays_on_its_attractor():
    X = table("lorenz").matrix()
    assert np.abs(X[:, 0]).max() < 21 and 0 < X[:, 2].min() and X[:, 2].max() < 50


def test_cities_have_names_and_places():
    names, places = cities()
    assert len(names) == len(places) == 27 and "Lisbon" in names
    assert places[names.index("Lisbon"), 1] < places[names.index("Kyiv"), 1]


@pytest.mark.parametrize(
    "text",
    [
        "a,b,kind\n1,2,x\n3.5,,y\n",
        "a;b;kind\n1,0;2,0;x\n3,5;;y\n",
        "a\tb\tkind\n1\t2\tx\n3.5\tn/a\ty\n",
        "\ufeffa|b|kind\r\n1|2|x\r\n3.5||y\r\n",
    ],
)
def test_a_table_is_read_however_it_is_separated(text):
    found = read_table(text.encode(), "mine.csv")
    np.testing.assert_array_equal(found["a"], [1, 3.5])
    np.testing.assert_array_equal(found["b"], [2, np.nan])
    assert found.texts["kind"].tolist() == ["x", "y"]


def test_parquet_gives_the_same_table():
    frame = pd.DataFrame(
        {"a": [1, 2, 3], "b": [1.5, None, 2.5], "kind": ["x", None, "y"], "flag": [True, False, True]}
    )
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    found = read_table(buffer.getvalue(), "mine.parquet")
    np.testing.assert_array_equal(found["b"], [1.5, np.nan, 2.5])
    assert found.texts["kind"].tolist() == ["x", "missing", "y"]
    assert list(found.columns) == ["a", "b", "flag"]


def test_names_cannot_carry_marks_into_a_page():
    found = read_table(b"<b>a</b>,$x$\n1,2\n3,4\n", "mine.csv")
    assert not set("<>$`") & set("".join(found.columns))


@pytest.mark.parametrize(
    ("body", "name", "sentence"),
    [
        (b"", "empty.csv", "cannot be read"),
        (b"a,b\n", "header.csv", "no rows"),
        (b"a,b\nx,y\nz,w\n", "words.csv", "no column of numbers"),
        (b"a,b\n1,2\n1,2,3,4\n", "ragged.csv", "cannot be read"),
        (b"PAR1 nonsense", "broken.parquet", "cannot be read as Parquet"),
        (b"\x89PNG\0\0\0", "picture.csv", "not a text file"),
        (b"1" * 3000, "long.csv", "only 1 row"),
        (b"a,b\n1,2\n", "one.csv", "only 1 row of data"),
        (b"\xff\xfe", "mark.csv", "cannot be read"),
        ("a,b\n1,2\n3,4\n".encode("utf-16")[:-1], "half.csv", "no text|not text"),
        ("a,b\n1,2\n3,4\n".encode("utf-16-be"), "unmarked.csv", "not a text file"),
        (b'a,b\n"1,2\n3,4\n', "quote.csv", "cannot be read"),
        (b",".join(b"c%d" % i for i in range(10**6)) + b"\n1\n", "wide.csv", "too many cells"),
        (b"", "empty.parquet", "cannot be read as Parquet"),
        (b"PAR1PAR1", "marks.parquet", "cannot be read as Parquet"),
    ],
)
def test_a_bad_file_gets_one_sentence(body, name, sentence):
    with pytest.raises(ValueError, match=sentence) as told:
        read_table(body, name)
    assert "\n" not in str(told.value) and len(str(told.value)) < 300


def test_a_decimal_comma_is_no_separator():
    """Ten numbers with a comma hold more commas than semicolons."""
    found = read_table(("a.b;b;c;d\n" + "1,5;-2,25;3,0;1.234,5\n" * 10).encode(), "mine.csv")
    assert list(found.columns) == ["a.b", "b", "c", "d"]
    np.testing.assert_array_equal(found.matrix()[0], [1.5, -2.25, 3, 1234.5])


@pytest.mark.parametrize(
    ("text", "column", "values"),
    [
        ("a,b\n10%,1\n20%,2\n", "a", [10, 20]),
        ('a,b\n"1,234",1\n"2,345,678",2\n', "a", [1234, 2345678]),
        ("a b\n1 2\n3 4\n", "b", [2, 4]),
        ("a,b\n" + "9" * 40 + ",1\n2,3\n", "a", [1e40, 2]),
        ("größe,b\n1,2\n3,4\n", "größe", [1, 3]),
        ("a,b\ninf,1\n2,3\n", "a", [np.nan, 2]),
    ],
)
def test_numbers_are_read_however_they_are_written(text, column, values):
    found = read_table(text.encode("latin-1"), "mine.csv")
    np.testing.assert_allclose(found[column], values)
    assert found.told == ()


@pytest.mark.parametrize(
    ("text", "columns", "sentence"),
    [
        ("1,2\n3,4\n", {"column 1": [1, 3], "column 2": [2, 4]}, "numbers only"),
        ("a,a,b\n1,2,3\n4,5,6\n", {"a": [1, 4], "a (2)": [2, 5], "b": [3, 6]}, "told apart: a (2)"),
        ("x" * 70 + "1," + "x" * 70 + "2\n1,2\n3,4\n", None, "told apart"),
        ("day,b\n2024-02-28,1\n,2\n2024-03-01,3\n2024-03-02,4\n2024-03-02,4\n", None, "counted in days"),
        ("day,b\n3.2.2024,1\n1.3.2024,2\n", {"day": [0, 27], "b": [1, 2]}, "counted in days"),
        ("a,b\n1e200,1\n2,3\n", {"a": [np.nan, 2], "b": [1, 3]}, "cannot be squared"),
    ],
)
def test_what_was_guessed_is_told(text, columns, sentence):
    found = read_table(text.encode(), "mine.csv")
    assert (
        len(found.told) == 1
        and sentence in found.told[0]
        and len(found.columns) == 2 + ("a (2)" in found.columns)
    )
    for name, values in (columns or {}).items():
        np.testing.assert_allclose(found[name], values)


def test_parquet_of_any_kind_is_a_table():
    """Names that repeat, dates, durations, decimals and lists within a cell."""
    from decimal import Decimal

    import pyarrow as pa
    import pyarrow.parquet as pq

    moments = pd.to_datetime(["2024-01-01", "2024-01-02T12:00", None], format="ISO8601").to_numpy()
    spans = pd.to_timedelta([1, 2, 3], unit="D").to_numpy()
    lists, exact = [[1], [2, 3], None], [Decimal("1.5"), None, Decimal("2.5")]
    columns = [[1.0, 2.0, 3.0], [4.0, 5.0, 6.0], moments, spans, lists, exact]
    buffer = io.BytesIO()
    pq.write_table(pa.table(list(map(pa.array, columns)), names=["a", "a", "t", "s", "l", "e"]), buffer)
    found = read_table(buffer.getvalue(), "mine.parquet")
    np.testing.assert_allclose(found["a (2)"], [4, 5, 6])
    np.testing.assert_allclose(found["t"], [0, 1.5, np.nan])
    np.testing.assert_allclose(found["s"], [1, 2, 3])
    np.testing.assert_allclose(found["e"], [1.5, np.nan, 2.5])
    assert found.aside == ("l",) and len(found.told) == 2


def test_large_files_are_refused_before_they_are_unpacked(monkeypatch):
    frame = pd.DataFrame({"a": np.zeros(5000), "b": np.zeros(5000)})
    buffer = io.BytesIO()
    frame.to_parquet(buffer)
    monkeypatch.setattr(bounds, "MOST_CELLS", 9_999)
    with pytest.raises(ValueError, match="the limits are"):
        read_table(buffer.getvalue(), "bomb.parquet")
    with pytest.raises(ValueError, match="too many cells"):
        read_table(frame.to_csv(index=False).encode(), "bomb.csv")
    monkeypatch.setattr(bounds, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="the limit is"):
        read_table(b"a\n1\n2\n3\n4\n5\n6\n", "big.csv")


def as_parquet(**columns):
    buffer = io.BytesIO()
    pq.write_table(pa.table(columns), buffer, compression="zstd")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("columns", "sentence"),
    [
        (
            {"n": [1.0] * 300_000, "t": pa.array(["x" * 1000] * 300_000)},
            "unpacks to 28. MB, the limit is 256 MB",
        ),
        ({"n": [1.0] * 40, "t": pa.array([bytes(8 * 10**6)] * 40)}, "unpacks to 3.. MB, the limit is 256 MB"),
        ({"l": pa.array([[0] * (bounds.MOST_CELLS + 1), [1]])}, "2 rows and 1 columns: the limits are"),
    ],
    ids=["one text many times", "one long blob many times", "one endless list"],
)
def test_a_few_kilobytes_that_stand_for_gigabytes_are_refused(columns, sentence):
    body = as_parquet(**columns)
    assert len(body) < 3e6
    with pytest.raises(ValueError, match=sentence):
        read_table(body, "bomb.parquet")


def test_texts_that_repeat_and_bytes_that_are_none_are_told_apart():
    body = as_parquet(n=[1.5, 2.5], kind=pa.array(["a", "b"]), blob=pa.array([b"\xff\xfe", b"\0"]))
    found = read_table(body, "mixed.parquet")
    assert list(found.columns) == ["n"] and found.aside == ("blob",)
    assert found.texts["kind"].tolist() == ["a", "b"]


@settings(max_examples=60)
@given(st.data())
def test_whatever_is_done_to_its_bytes_a_table_or_a_sentence_comes_out(data):
    good = [
        as_parquet(a=[1.0, 2.0, 3.0], b=["x", "y", "x"]),
        b"a;b\n1,5;x\n2,5;y\n",
        "a,b\n1,2\n3,4\n".encode("utf-16"),
    ]
    number = data.draw(st.integers(0, 2))
    body = bytearray(good[number])
    for _ in range(data.draw(st.integers(1, 5))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    name = ("x.parquet", "x.csv", "x.csv")[number]
    try:
        found = read_table(bytes(body), name)
    except ValueError as refusal:
        assert str(refusal).startswith(name) and "\n" not in str(refusal) and len(str(refusal)) < 250
    else:
        assert found.columns and all(values.ndim == 1 for values in found.columns.values())


def test_bytes_on_which_the_native_reader_dies_are_a_sentence():
    """Found by trying: on these the reader ends its whole process, from C++."""
    body = bytearray(as_parquet(a=[1.0, 2.0, 3.0], b=["x", "y", "x"]))
    random = Random(104)
    for _ in range(random.randint(1, 5)):
        body[random.randrange(len(body))] = random.randrange(256)
    command = [sys.executable, "-m", "lab.tables.parquet", "100", "100000"]
    alone = subprocess.run(command, input=bytes(body), capture_output=True, cwd=ROOT)
    assert alone.returncode < 0
    with pytest.raises(
        ValueError, match=r"x\.parquet cannot be read as Parquet \(its inner parts do not fit"
    ):
        read_table(bytes(body), "x.parquet")


def test_gaps_are_dropped_or_filled():
    np.testing.assert_array_equal(TOY.mended(["a", "b"]).matrix(), [[1, 1], [5, 4]])
    np.testing.assert_array_equal(TOY.mended(["a", "b"], "median").matrix(), [[1, 1], [3, 2], [3, 2], [5, 4]])
    np.testing.assert_array_equal(TOY.mended(["a"]).matrix(), [[1], [3], [5]])


def test_gaps_that_cannot_be_mended_are_told():
    empty = Table("empty", {"a": np.array([np.nan, np.nan]), "b": np.array([1.0, np.nan])})
    with pytest.raises(ValueError, match="All 2 rows have a gap"):
        empty.mended(["a", "b"])
    with pytest.raises(ValueError, match="'a' has no value"):
        empty.mended(["a", "b"], "median")
    with pytest.raises(ValueError, match="not by 'magic'"):
        TOY.mended(["a"], "magic")


def test_standardised_columns_have_mean_zero_and_spread_one():
    X = table("wine").standardised().matrix()
    np.testing.assert_allclose(X.mean(0), 0, atol=1e-12)
    np.testing.assert_allclose(X.std(0), 1)
    constant = Table("constant", {"a": np.full(4, 7.0)}).standardised()
    np.testing.assert_array_equal(constant["a"], 0)


def test_groups_keep_the_order_of_the_table():
    groups = Table("t", {"a": np.zeros(4)}, {"k": np.array(["z", "a", "z", "m"])}).groups()
    assert groups.names == ("z", "a", "m") and groups.codes.tolist() == [0, 1, 0, 2]
