"""Graphs from outside: every format gives the same network, and a bad file gets one sentence."""

import io

import networkx as nx
import pytest

from lab.networks import NETWORKS, network, read_network, reading

LINES = "ada ben\nben cleo\ncleo ada\ncleo dora\n"
SAME = {
    "spaces.txt": LINES,
    "header.csv": "source,target\n" + LINES.replace(" ", ","),
    "weights.csv": "\n".join(f"{line.replace(' ', ';')};2,5" for line in LINES.split("\n") if line),
    "tabs.tsv": "# a comment\n% another\n" + LINES.replace(" ", "\t"),
    "twice.edges": LINES + "ben ada\nada ada\n",
    "quoted.csv": '"source","target"\n'
    + "\n".join(",".join(f'"{name}"' for name in line.split()) for line in LINES.split("\n") if line),
}


@pytest.mark.parametrize("name", SAME)
def test_every_way_to_write_a_graph_is_the_same_network(name):
    found = read_network(SAME[name].encode(), name)
    assert found.names == ("ada", "ben", "cleo", "dora")
    assert nx.is_isomorphic(
        nx.from_scipy_sparse_array(found.adjacency), nx.parse_edgelist(LINES.splitlines())
    )
    assert found.degrees.tolist() == [2, 2, 3, 1]


def test_graphml_by_networkx_comes_back():
    graph = nx.relabel_nodes(nx.les_miserables_graph(), str)
    file = io.BytesIO()
    nx.write_graphml(graph, file)
    found = read_network(file.getvalue(), "novel.graphml")
    assert found.names == tuple(graph)
    assert (found.adjacency != nx.to_scipy_sparse_array(graph, weight=None)).nnz == 0


LAUGHS = """<?xml version="1.0"?><!DOCTYPE graphml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>
<graphml><graph><node id="&b;"/></graph></graphml>"""
OUTSIDE = """<!DOCTYPE graphml SYSTEM "file:///etc/hostname">
<graphml><graph><edge source="a" target="b"/></graph></graphml>"""
BAD = {
    "laughs.graphml": (LAUGHS, "document type or entities"),
    "outside.graphml": (OUTSIDE, "document type or entities"),
    "cut.graphml": ("<graphml><graph><node id='a'/>", "cannot be read as GraphML"),
    "deep.xml": ("<a>" * 100 + "</a>" * 100, "nested deeper"),
    "empty.csv": ("", "no edge"),
    "alone.csv": ("ada\nben\n", "one name, but an edge needs two"),
    "gap.csv": ("ada,ben\ncleo,\n", "Line 2 of gap.csv has one name"),
    "only.graphml": ("<graphml><graph><node id='a'/></graph></graphml>", "no edge"),
    "picture.csv": ("\x89PNG\0\0\0", "not a text file"),
    "tongue.xml": (
        "<?xml version='1.0' encoding='x-none'?><graphml/>",
        "tongue.xml cannot be read as GraphML",
    ),
    "bytes.xml": (
        "<?xml version='1.0' encoding='shift_jis'?><graphml/>",
        "bytes.xml cannot be read as GraphML",
    ),
    "half.csv": ("\xff\xfea\0 \0b", "not text in a known encoding"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_file_gets_one_sentence(name):
    text, said = BAD[name]
    with pytest.raises(ValueError, match=said):
        read_network(text.encode("latin-1"), name)


def test_bounds_are_kept(monkeypatch):
    monkeypatch.setattr(reading, "MOST_VERTICES", 3)
    for name, text in (
        ("a.csv", LINES),
        ("a.xml", "<g>" + "".join(f'<node id="{i}"/>' for i in range(9)) + "</g>"),
    ):
        with pytest.raises(ValueError, match="too large: the limits are 3 vertices"):
            read_network(text.encode(), name)
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    with pytest.raises(ValueError, match="the limit is"):
        read_network(LINES.encode(), "a.csv")


def test_names_cannot_carry_markup():
    assert read_network(b"<script>,`x`\n", "a.csv").names == ("‹script›", "'x'")


@pytest.mark.parametrize("word", NETWORKS)
def test_shipped_networks_are_simple_graphs_and_have_names(word):
    found = network(word)
    assert len(found.names) == found.adjacency.shape[0] == len(set(found.names))
    assert (found.adjacency != found.adjacency.T).nnz == 0 and not found.adjacency.diagonal().any()


def test_an_ego_network_is_that_of_networkx():
    found = network("miserables")
    graph = nx.les_miserables_graph()
    ego = found.around(found.names.index("Valjean"))
    expected = nx.ego_graph(graph, "Valjean", center=False)
    assert set(ego.names) == set(expected) and ego.adjacency.nnz == 2 * expected.number_of_edges()
