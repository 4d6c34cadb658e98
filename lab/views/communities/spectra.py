"""Three matrices of one graph and their eigenvalues, with one slider for all."""

from __future__ import annotations

import numpy as np
import streamlit as st

from lab.communities.nonbacktracking import VERTICES_MOST, non_backtracking_spectrum
from lab.communities.spectral import bethe_hessian, branching
from lab.figures import communities as figures
from lab.views import linked, links, page
from lab.views.communities import answers
from lab.views.communities.graphs import Graph

RULES = {"r": links.real(1, 20)}
WORDS = r"""
**Adjacency $A$.** Its bulk is smeared out by the vertices of largest degree, whose eigenvalues $\approx
\sqrt{d_{\max}}$ lie among those of the groups: in sparse graphs $A$ is a bad witness. **Non-backtracking
$B$** walks along directed edges and never turns round at once, so hubs do not echo. Its bulk fills the circle
of radius $\sqrt c$ (dotted), and each real eigenvalue outside belongs to a group or to the mean degree
(Krzakala et al. 2013). **Bethe Hessian** $H(r) = (r^2 - 1) I - r A + D$ is small, symmetric, and knows the
same:

$$
\det H(r) = 0 \iff r \text{ is an eigenvalue of } B \qquad (r \neq \pm 1).
$$

Move $r$ in from the right: each time the green line passes a real eigenvalue of $B$, an eigenvalue of $H(r)$
passes zero. At $r = \sqrt c$ the number of negative ones counts the groups that can be seen (Saade, Krzakala
and Zdeborová 2014). Groups that shun each other lie to the left, and $H(-r)$ counts them.
"""


@st.cache_data(show_spinner=False, max_entries=32)
def _adjacency_spectrum(key: str, _graph: Graph) -> np.ndarray:
    return np.linalg.eigvalsh(_graph.adjacency.toarray().astype(float))


@st.cache_data(show_spinner=False, max_entries=256)
def _hessian_spectrum(key: str, _graph: Graph, r: float) -> np.ndarray:
    return np.linalg.eigvalsh(bethe_hessian(_graph.adjacency, r).toarray())


def show(graph: Graph) -> str:
    """Histograms of A and H(r), and the complex plane."""
    if len(graph) > VERTICES_MOST:
        raise ValueError(
            f"Whole spectra are shown for graphs of at most {VERTICES_MOST} vertices, and this one has "
            f"{len(graph)}: take fewer."
        )
    radius = branching(graph.adjacency) ** 0.5
    own = round(radius * 20) / 20
    r = linked.number("r, from the right to the left", -12.0, 12.0, own, "r", step=0.05)
    values = _hessian_spectrum(graph.key(), graph, r)
    below = int((values < -1e-9).sum())
    answers.ask(
        "communities spectrum",
        f"spectrum {graph.key()}",
        lambda: iter([non_backtracking_spectrum(graph.adjacency)]),
        0.5 + 1e-8 * len(graph) ** 3,
        lambda items: _circle(items[0] if items else None, radius, r),
        True,
    )
    left, right = st.columns(2, gap="medium")
    with left:
        told = f"Eigenvalues of the Bethe Hessian at r = {r}: {below} lie below zero."
        drawn = figures.draw_eigenvalues(
            values, values[values < -1e-9], page.colours(), "eigenvalue of H(r)", {"0": 0.0}
        )
        page.figure(drawn, "hessian", told, f"**H(r)** at r = {r:.2f}: **{below}** eigenvalues below zero.")
    with right:
        plain = _adjacency_spectrum(graph.key(), graph)
        edge = 2 * radius
        drawn = figures.draw_eigenvalues(
            plain, plain[np.abs(plain) > edge], page.colours(), "eigenvalue of A", {"2√c": edge}
        )
        told = (
            f"Eigenvalues of the adjacency matrix: a bulk with tails, from {plain[0]:.1f} to {plain[-1]:.1f}."
        )
        page.figure(drawn, "adjacency", told, "**A**: beyond ±2√c are hubs and groups alike.")
    st.markdown(WORDS)
    return (
        "from lab.communities.nonbacktracking import non_backtracking_spectrum\n"
        "from lab.communities.spectral import bethe_hessian, lowest\n\n"
        f"print(lowest(bethe_hessian(adjacency, {r}), 12)[0])\n"
        "print(non_backtracking_spectrum(adjacency)[:12])"
    )


def _circle(values: np.ndarray | None, radius: float, r: float) -> None:
    if values is None:
        st.caption(
            "The non-backtracking spectrum is being computed: the matrix is not symmetric, that takes longer."
        )
        return
    outside = int(((np.abs(values) > 1.001 * radius) & (np.abs(values.imag) < 1e-6)).sum())
    told = f"Eigenvalues in the complex plane: a disc of radius {radius:.2f}, {outside} real ones outside."
    words = (
        f"**Non-backtracking**: {outside} real eigenvalues outside the circle of radius √c = {radius:.2f}."
    )
    page.figure(figures.draw_circle(values, radius, r, page.colours()), "circle", told, words)
