"""Tables: the shipped ones value by value, a visitor's own within bounds, gaps mended as asked."""

import io

import numpy as np
import pandas as pd
import pytest
from sklearn.datasets import load_breast_cancer, load_digits, load_iris, load_wine

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
        (b"1" * 3000, "long.csv", "no rows"),
    ],
)
def test_a_bad_file_gets_one_sentence(body, name, sentence):
    with pytest.raises(ValueError, match=sentence) as told:
        read_table(body, name)
    assert "\n" not in str(told.value) and len(str(told.value)) < 300


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
