"""Step 5: other similarities, and distances only."""

from __future__ import annotations

import streamlit as st

from lab.figures import similarity as figures
from lab.similarity import steps
from lab.tables import cities, table
from lab.views import linked, page
from lab.views.similarity.taken import Taken

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

| similarity | kernel $K(x, y)$ |
|---|---|
| dot product | $x \cdot y$ |
| cosine | $x \cdot y \,/\, \lVert x \rVert \lVert y \rVert$ |
| polynomial | $(\gamma\, x \cdot y + 1)^p$ |
| Gaussian | $\exp(-\gamma \lVert x - y \rVert^2)$ |

Centring goes along: $J K J$ is the matrix of the centred $\varphi(x_i)$. No straight axis parts three rings,
since on every axis the inner ones lie within the shadow of the outer. A polynomial of degree 2 knows
$\lVert x \rVert^2$, in which they lie apart; to the Gaussian kernel only neighbours are alike, those within
a few times $1 / \sqrt{2\gamma}$.
"""
MAP_WORDS = r"""
**Distances only** (Torgerson 1952). From $d_{ij}^2 = \lVert x_i \rVert^2 + \lVert x_j \rVert^2 - 2\, x_i
\cdot x_j$ the similarities follow, up to the origin, which centring chooses:

$$
B \;=\; -\tfrac12\, J D^{2} J , \qquad (D^2)_{ij} = d_{ij}^2 .
$$

The scores of $B$ are the map, up to moving, turning and mirroring. The page's table holds great-circle
distances, and the earth is round: some eigenvalues of $B$ are negative, and where one is, no points of any
flat space have these distances.
"""


def show() -> Taken:
    """The chosen similarity on three rings, or the map."""
    similarity = linked.choice(st.segmented_control, "Similarity", LABELS, "similarity", required=True)
    return _map() if similarity == DISTANCES else _rings(similarity)


def _rings(similarity: str) -> Taken:
    rings, options = table("rings"), _options(similarity)
    result = steps.bend(rings.matrix(), similarity, **options)
    drawn = figures.draw(result, rings, page.colours())
    left, right = st.columns(2)
    with left:
        page.figure(
            drawn["samples"],
            "rings",
            f"{len(rings)} samples on 3 noisy rings, one in another.",
            "The samples.",
        )
    with right:
        told = f"The rings on the first 2 axes of the similarity {LABELS[similarity]}."
        page.figure(drawn["scores"], "ring scores", told, "Their scores.")
    st.markdown(WORDS)
    arguments = "".join(f", {name}={value}" for name, value in options.items())
    fetch = 'from lab.tables import table as read\n\ntable = read("rings")'
    ask, flags = f'bend(table.matrix(), "{similarity}"{arguments})', ["--similarity", similarity]
    flags += [word for name, value in options.items() for word in (f"--{name}", str(value))]
    return Taken("kernels", result, fetch, ask, "scores", flags, rings)


def _options(similarity: str) -> dict:
    """Sliders of the similarity's own parameters."""
    options = {}
    if similarity in ("rbf", "polynomial"):
        options["gamma"] = linked.number("γ", 0.05, 5.0, 0.5, "gamma", step=0.05)
    if similarity == "polynomial":
        options["degree"] = linked.number("Degree p", 2, 6, 2, "degree")
    return options


def _map() -> Taken:
    names, places = cities()
    result = steps.chart(names, places)
    drawn = figures.draw(result, colours=page.colours())
    page.figure(
        drawn["map"], "map", f"A map of {len(names)} European cities recovered from their distances alone."
    )
    found = result.found
    st.caption(
        f"{len(names) * (len(names) - 1) // 2} distances and nothing else. The two kept eigenvalues are "
        f"{found.euclidean_share:.1%} of all by size; the most negative is {found.eigenvalues[-1]:.3g} km². "
        "Circles: the same cities in the globe's equidistant projection about their middle."
    )
    st.markdown(MAP_WORDS)
    return Taken("distances", result, "from lab.tables import cities", "chart(*cities())", "map", [])
