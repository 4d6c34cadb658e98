"""Why this number of groups: the evidence against each, and the same on a graph whose edges were shuffled."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from lab.communities import rewired
from lab.communities.archive import Found
from lab.communities.spectral import bethe_hessian, branching, lowest, negative_count
from lab.figures import communities as figures
from lab.views import links, page
from lab.views.communities import answers, pictures
from lab.views.communities.graphs import Graph

STATE = st.session_state
RULES = {"shuffles": links.whole(0, 99)}
COUNTED = 24
WORDS = r"""
The **evidence** of $k$ groups is how likely the graph is under the best block model with $k$ groups, in nats,
less what its parameters cost (half the logarithm of the number of observations each, Schwarz 1978).
More groups always fit better; they have to fit *enough* better. The likelihood itself sums over all
$k^n$ ways to sort the vertices, and belief propagation does that sum (exactly on trees, nearly on
sparse graphs; Decelle et al. 2011). Beside it stands the number of **negative eigenvalues** of the
Bethe Hessian $H(\pm\sqrt c)$ (Le and Levina 2015), which needs no model fitted.

**Shuffle the edges**: every vertex keeps its number of links and gets new partners. Whatever was a
community is gone, and an honest method has to say *one group*.
"""


def show(graph: Graph) -> str:
    """The evidence of every k, of this graph and of its shuffled self."""
    if "shuffles" not in STATE:
        STATE["shuffles"] = _from_link()
    times = STATE["shuffles"]
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button("Shuffle the edges", icon=":material/shuffle:", key="shuffle edges", on_click=_shuffle)
        if times:
            st.button(
                "Back to the graph", icon=":material/undo:", key="unshuffle", on_click=_back, type="tertiary"
            )
    _tell(times)
    if not times:
        answers.recovery(graph, lambda found: _one(graph, found))
    else:
        _both(graph, times)
    st.markdown(WORDS)
    return (
        "from lab.communities import rewired\n\n"
        "print(recover(adjacency).evidence)\n"
        f"print(recover(rewired(adjacency, seed={max(1, times)})).k)"
    )


def _from_link() -> int:
    """How often the link says the edges were shuffled."""
    text = st.query_params.get("shuffles", "0")
    return int(text) if text.isdigit() and int(text) <= 99 else 0


def _tell(times: int) -> None:
    """Write it into the link."""
    if times:
        st.query_params["shuffles"] = str(times)
    else:
        st.query_params.pop("shuffles", None)


def _shuffle() -> None:
    STATE["shuffles"] = STATE.get("shuffles", 0) % 99 + 1


def _back() -> None:
    STATE["shuffles"] = 0


@st.cache_data(show_spinner=False, max_entries=64)
def _counted(key: str, _adjacency) -> int:
    """Negative eigenvalues of the Bethe Hessian on both sides, as one reads them."""
    r = branching(_adjacency) ** 0.5
    number = min(COUNTED, max(1, _adjacency.shape[0]))
    return sum(negative_count(lowest(bethe_hessian(_adjacency, side * r), number)[0]) for side in (1, -1))


def _marks(graph: Graph, key: str, adjacency) -> dict[str, int]:
    return {"Bethe Hessian counts": max(1, _counted(key, adjacency))} if len(graph) <= 10_000 else {}


def _one(graph: Graph, found: Found | None) -> None:
    if found is None:
        st.caption("Every number of groups is being weighed …")
        return
    marks = _marks(graph, graph.key(), graph.adjacency)
    if graph.spec is not None:
        marks["hidden"] = graph.spec.k
    drawn = figures.draw_evidence({"this graph": found.evidence}, marks, page.colours())
    told = f"Evidence for each number of groups: the curve is highest at {found.k}."
    words = f"The evidence is greatest at **{found.k}**, by the {_model(found)}."
    page.figure(drawn, "evidence", told, words)


def _both(graph: Graph, times: int) -> None:
    noise = rewired(graph.adjacency, times)
    key = f"{graph.key()} shuffled {times}"

    def answer() -> Iterator[Found]:
        yield answers.known().find(key, noise)
        yield answers.known().find(graph.key(), graph.adjacency)

    def draw(items: tuple) -> None:
        left, right = st.columns([2, 3], gap="medium")
        with left:
            labels = items[0].labels if items else None
            told = f"The shuffled graph of {len(graph)} vertices in the order of its groups: an even grey."
            words = "The shuffled graph" + (
                f": **{items[0].k}** group{'' if items[0].k == 1 else 's'} found." if items else " …"
            )
            pictures.show(graph, labels, "noise", told, words, noise)
        with right:
            curves = {
                name: found.evidence
                for name, found in zip(("edges shuffled", "this graph"), items, strict=False)
            }
            drawn = figures.draw_evidence(curves, _marks(graph, key, noise) if items else {}, page.colours())
            told = "Evidence for each number of groups" + "".join(
                f"; {name}, it is greatest at {found.k}"
                for name, found in zip(("edges shuffled", "this graph"), items, strict=False)
            )
            page.figure(drawn, "evidence", told)

    answers.ask(
        "communities null", key, answer, 2 * answers.seconds(graph), draw, len(graph) <= answers.AT_ONCE
    )


def _model(found: Found) -> str:
    return {"propagation": "plain block model", "degree-corrected": "degree-corrected block model"}.get(
        found.method, "trivial model"
    )
