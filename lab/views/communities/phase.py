"""The phase diagram: where communities can be found, measured and in theory, with one's own graph on it."""

from __future__ import annotations

import json

import numpy as np
import streamlit as st

from lab.catalog import ROOT
from lab.communities.detectability import HARD_FROM, hard_from, mixing_at_threshold
from lab.communities.graph_spec import GraphSpec
from lab.figures import communities as figures
from lab.views import linked, links, page
from lab.views.communities.graphs import Graph

SHIPPED = ROOT / "data" / "gallery" / "communities" / "phase.json"
WORDS = r"""
With mean degree $c = \bigl(c_\text{in} + (k-1)\, c_\text{out}\bigr)/k$, groups of one size can be found
by fast methods exactly when

$$
\begin{gathered}
|c_\text{in} - c_\text{out}| \;>\; k \sqrt{c} , \quad\text{that is} \\
\mathrm{SNR} \;=\; \frac{(c_\text{in} - c_\text{out})^2}{k^2\, c} \;>\; 1 ,
\end{gathered}
$$

the **Kesten–Stigum** threshold (Decelle, Krzakala, Moore and Zdeborová 2011; for $k = 2$ proved by Mossel,
Neeman, Sly and by Massoulié). Below it, two groups cannot be told from noise by any method. For $k \ge
5$ there is a band below the line where the groups *are* in the graph, and exhaustive search would find
them, but no fast method is known: possible, but **hard**. The band is drawn for large degrees, where
its edge follows from one equation; the colours are measured, by a method that is told neither $k$ nor
the groups.
"""


@st.cache_data(show_spinner=False)
def measured() -> dict:
    """The sweep that ships with the library."""
    return json.loads(SHIPPED.read_text(encoding="utf-8")) if SHIPPED.is_file() else {"k": {}}


def ks() -> list[str]:
    """Numbers of groups that were measured."""
    return list(measured()["k"])


RULES = {"phases": links.one_of("2", "3", "4", "5", "6", "8", "10")}


def show(graph: Graph) -> str:
    """The diagram for a number of groups."""
    known = measured()
    if not known["k"]:
        st.caption("The sweep is not there: python -m lab communities --sweep makes it.")
        return ""
    own = graph.spec.k if graph.spec else 2
    near = min(known["k"], key=lambda k: abs(int(k) - own))
    k = int(
        linked.choice(st.segmented_control, "Groups", list(known["k"]), "phases", default=near, required=True)
    )
    degrees, mixing = np.array(known["degrees"]), np.array(known["mixing"])
    fine = np.linspace(max(1.0, degrees[0] - 1), degrees[-1] + 1, 240)
    lines = {"threshold": (mixing_at_threshold(k, fine), fine)}
    if k >= HARD_FROM:
        lines["hard"] = (mixing_at_threshold(k, fine, hard_from(k)), fine)
    here = None
    if (
        graph.spec is not None
        and graph.spec.k == k
        and 0 <= graph.spec.c_out <= graph.spec.c_in
        and graph.spec.c_in
    ):
        here = (graph.spec.c_out / graph.spec.c_in, graph.spec.mean_degree)
    drawn = figures.draw_phase(mixing, degrees, np.array(known["k"][str(k)]), lines, here, page.colours())
    told = f"Overlap by mixing and mean degree for {k} groups: high to the upper left of the threshold."
    words = f"Measured on graphs of {known['n']} vertices, {known['repeats']} for each cell."
    page.figure(drawn, "phases figure", told, words)
    if graph.spec is not None:
        _where(graph.spec)
    st.markdown(WORDS)
    return (
        "from lab.communities.graph_spec import GraphSpec\nfrom lab.communities.phases import overlap_at\n\n"
        f"print(overlap_at(n={known['n']}, k={k}, degree=6.0, mixing=0.2, seed=0))"
    )


def _where(spec: GraphSpec) -> None:
    side = "above" if spec.snr > 1 else "below"
    kind = (
        "" if not (spec.uneven or spec.tail) else " The formula is for groups of one size and plain degrees."
    )
    st.caption(
        f"Your graph: k = {spec.k}, mean degree {spec.mean_degree:.2f}, SNR = {spec.snr:.2f}, {side} the "
        f"threshold.{kind}"
        + ("" if spec.c_in >= spec.c_out else " Its groups shun each other, so it lies off the diagram.")
    )
