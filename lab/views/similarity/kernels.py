"""Step 5: other similarities, and distances only."""

from __future__ import annotations

import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import decompose, flat_map, great_circle, recover_map
from lab.tables import cities, table
from lab.views import linked, page

DISTANCES = "distances"
LABELS = {
    "rbf": "Gaussian (RBF)",
    "linear": "dot product",
    "cosine": "cosine",
    "polynomial": "polynomial",
    DISTANCES: "distances only",
}
WORDS = r"""
Scores need similarities only, so **any** similarity that is a dot product *somewhere* will do (Schölkopf,
Smola and Müller 1998): $K_{ij} = \varphi(x_i) \cdot \varphi(x_j)$, where nobody has to know $\varphi$.

| similarity | $K(x, y)$ |
|---|---|
| dot product | $x \cdot y$ |
| cosine | $x \cdot y \,/\, \lVert x \rVert \lVert y \rVert$ |
| polynomial | $(\gamma\, x \cdot y + 1)^p$ |
| Gaussian | $\exp(-\gamma \lVert x - y \rVert^2)$ |

No straight axis parts three rings, since each is spread the same way around the centre. A polynomial of
degree 2 knows $\lVert x \rVert^2$, in which they lie apart; the Gaussian kernel counts only neighbours.
"""
MAP_WORDS = r"""
**Distances only** (Torgerson 1952). From $d_{ij}^2 = \lVert x_i \rVert^2 + \lVert x_j \rVert^2 - 2\, x_i
\cdot x_j$ the similarities follow, up to the origin, which centring chooses:

$$
B \;=\; -\tfrac12\, J D^{2} J , \qquad (D^2)_{ij} = d_{ij}^2 .
$$

The scores of $B$ are the map, up to turning and mirroring. The page's table holds great-circle distances,
and the earth is round: some eigenvalues are negative, and no flat map can be exact.
"""


def show() -> str:
    """The chosen similarity on three rings, or the map; the code of the state."""
    similarity = linked.choice(st.segmented_control, "Similarity", LABELS, "similarity", required=True)
    return _map() if similarity == DISTANCES else _rings(similarity)


def _rings(similarity: str) -> str:
    rings = table("rings")
    options = _options(similarity)
    found = decompose(rings.matrix(), 2, similarity=similarity, **options)
    left, right = st.columns(2)
    with left:
        drawn = figures.draw_scores(rings.matrix(), rings.groups(), page.colours())
        page.figure(drawn, "rings", "Three noisy rings, one in another.", "The samples.")
    with right:
        drawn = figures.draw_scores(found.scores, rings.groups(), page.colours())
        page.figure(
            drawn, "ring scores", "The rings on the first two axes of the chosen similarity.", "Their scores."
        )
    st.markdown(WORDS)
    arguments = "".join(f", {name}={value}" for name, value in options.items())
    return f"""from lab.similarity import decompose
from lab.tables import table

X = table("rings").matrix()
decompose(X, 2, similarity="{similarity}"{arguments}).scores"""


def _options(similarity: str) -> dict:
    """Sliders of the similarity's own parameters."""
    options = {}
    if similarity in ("rbf", "polynomial"):
        options["gamma"] = linked.number("γ", 0.05, 5.0, 0.5, "gamma", step=0.05)
    if similarity == "polynomial":
        options["degree"] = linked.number("Degree p", 2, 6, 2, "degree")
    return options


def _map() -> str:
    names, places = cities()
    found = recover_map(great_circle(*places.T))
    drawn = figures.draw_map(names, found.points, flat_map(places), page.colours())
    page.figure(drawn, "map", f"A map of {len(names)} European cities recovered from their distances alone.")
    st.caption(
        f"{len(names) * (len(names) - 1) // 2} distances and nothing else. The two kept eigenvalues are "
        f"{found.euclidean_share:.1%} by size; the most negative is {found.eigenvalues[-1]:.3g} km². "
        "Circles: the same cities in the globe's equidistant projection about their middle."
    )
    st.markdown(MAP_WORDS)
    return """from lab.similarity import great_circle, recover_map
from lab.tables import cities

names, places = cities()
recover_map(great_circle(*places.T)).points"""
