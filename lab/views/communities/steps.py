"""Belief propagation, sweep by sweep: the matrix puts itself in order while one scrubs."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import streamlit as st

from lab.communities.agreement import overlap
from lab.communities.archive import Found
from lab.figures import communities as figures
from lab.views import linked, links, page
from lab.views.communities import answers, pictures
from lab.views.communities.graphs import Graph

RULES = {"sweep": links.whole(0, 60)}
SWEEPS = 40
WORDS = r"""
Every vertex tells each neighbour which group it would be in *if that neighbour were not there*, and
hears the same from all of them. With $\psi$ for these messages, $p_{ab} = n \cdot$ the probability of
an edge and $h$ for the field of all the edges that are absent,

$$
\psi^{i \to j}_a \;\propto\; n_a\, e^{-h_a}
\prod_{l \in \partial i \setminus j} \sum_b p_{ab}\, \psi^{l \to i}_b .
$$

Here the parameters are those that were learnt, and the messages begin with next to nothing: a trace of
noise. Saying nothing is a fixed point. **Above** the Kesten–Stigum threshold it is unstable, the noise
grows by a factor of about $c\lambda^2$ from sweep to sweep, and the blocks appear; **below** it the
noise dies.
"""


def show(graph: Graph) -> str:
    """The matrix after a chosen sweep, and how the beliefs grew."""
    if len(graph) > 3000:
        raise ValueError(
            f"Sweeps are shown for at most 3000 vertices, and this graph has {len(graph)}: take fewer."
        )

    def answer() -> Iterator[object]:
        from lab.communities.watching import watch

        found = answers.known().find(graph.key(), graph.adjacency)
        yield found
        there = np.flatnonzero(graph.degrees)
        if found.k > 1:
            core = graph.adjacency[there][:, there]
            yield from watch(core, found.labels[there], found.k, found.method == "degree-corrected", SWEEPS)

    answers.ask(
        "communities steps",
        f"sweeps {graph.key()}",
        answer,
        answers.seconds(graph) + 1,
        lambda items: _drawn(graph, items),
        True,
    )
    st.markdown(WORDS)
    return (
        "import numpy as np\n\nfrom lab.communities.watching import watch\n\n"
        "recovery = recover(adjacency)\nlinked = np.flatnonzero(np.diff(adjacency.indptr))\n"
        "core = adjacency[linked][:, linked]\n"
        'corrected = recovery.method == "degree-corrected"\n'
        "for sweep in watch(core, recovery.labels[linked], recovery.k, corrected):\n"
        "    print(sweep.number, sweep.certainty.mean(), sweep.change)"
    )


def _drawn(graph: Graph, items: tuple) -> None:
    found: Found | None = items[0] if items else None
    if found is None:
        st.caption("First the groups and their parameters are learnt …")
        return
    if found.k < 2:
        st.caption(
            "One group: there is nothing for the beliefs to settle on. Choose a graph above the threshold."
        )
        return
    sweeps = items[1:]
    if not sweeps:
        return
    chosen = linked.number("After sweep", 0, len(sweeps) - 1, len(sweeps) - 1, "sweep")
    sweep = sweeps[chosen]
    labels = np.full(len(graph), found.k, np.int64)
    labels[graph.degrees > 0] = sweep.labels
    left, right = st.columns([1, 1], gap="medium")
    with left:
        told = f"The matrix in the order of the beliefs after sweep {sweep.number}."
        words = f"After sweep **{sweep.number}**: mean certainty {sweep.certainty.mean():.2f}."
        pictures.show(graph, labels, "swept", told, words)
    with right:
        there = graph.degrees > 0
        truth = found.labels[there] if graph.truth is None else graph.truth[there]
        curves = {
            "certainty": np.array([each.certainty.mean() for each in sweeps]),
            "change of a sweep": np.array([each.change for each in sweeps]),
            "overlap": np.array([overlap(truth, each.labels) for each in sweeps]),
        }
        drawn = figures.draw_sweeps(curves, chosen, page.colours())
        sure, same = curves["certainty"], curves["overlap"]
        told = (
            f"Over {len(sweeps) - 1} sweeps the certainty goes from {sure[0]:.2f} to {sure[-1]:.2f} and the "
            f"overlap from {same[0]:.2f} to {same[-1]:.2f}; the last sweep changes {sweeps[-1].change:.2g}."
        )
        page.figure(drawn, "sweeps", told)
