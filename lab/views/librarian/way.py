"""The way of a search: a tree in the session and in the link, and where in it one stands."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from lab.diffusion.librarian.neighbours import SIZES, RefineSpec
from lab.diffusion.librarian.picture import KINDS, Move, PictureSpec, single
from lab.diffusion.librarian.tree import NODES_MOST, Tree
from lab.views import linked, links

STATE = st.session_state
TREE, AT, ROUND, GO = "librarian tree", "librarian at", "librarian round", "librarian go"
TITLES = {"word": "words", "embedding": "chance", "noise": "noise"}
HELP = (
    "Words: a step towards another word the model knows. Chance: a step in a random direction of the text "
    "embedding. Noise: the same embedding, the initial noise turned a little."
)


def _tree_rule(text: str) -> Tree:
    return Tree.read(PictureSpec("any"), text)


RULES: dict[str, links.Rule] = {
    "tree": _tree_rule,
    "at": links.whole(0, NODES_MOST),
    "round": links.whole(0, 1000),
    "size": links.one_of(*SIZES),
    "kinds": lambda text: links.one_of(*KINDS)(text.split(",")[0]),
}


def knobs() -> dict:
    """Show which neighbours are proposed, and how far; the tree comes from the session or the link."""
    begin()
    kinds = _kinds()
    size = linked.choice(st.radio, "How far", list(SIZES), "size", default="middle", horizontal=True)
    tell()
    values = {"tree": STATE[TREE], "at": STATE[AT], "round": STATE[ROUND]}
    return values | {"kinds": kinds, "size": SIZES[size]}


def _kinds() -> tuple[str, ...]:
    linked.bind("kinds")
    if "kinds" not in STATE:
        asked = st.query_params.get("kinds", ",".join(KINDS)).split(",")
        STATE["kinds"] = [kind for kind in KINDS if kind in asked] or list(KINDS)
    chosen = st.pills(
        "Neighbours by",
        list(KINDS),
        format_func=linked.titled(TITLES),
        selection_mode="multi",
        key="kinds",
        help=HELP,
    )
    kinds = tuple(kind for kind in KINDS if kind in chosen)
    if kinds and kinds != tuple(KINDS):
        st.query_params["kinds"] = ",".join(kinds)
    elif "kinds" in st.query_params:
        del st.query_params["kinds"]
    return kinds


def begin() -> None:
    """Take the tree of the link where the session has none; what cannot be read is left out."""
    linked.bind(TREE, AT, ROUND)
    if TREE in STATE:
        return
    text = st.query_params.get("tree", "")
    try:
        tree = _tree_rule(text)
        at, round = int(st.query_params.get("at", "0")), int(st.query_params.get("round", "0"))
        fits = 0 <= at < len(tree) and 0 <= round <= 1000
    except ValueError:
        text, fits = "", False
    STATE[TREE], STATE[AT], STATE[ROUND] = (text, at, round) if fits else (text, 0, 0)


def tell() -> None:
    """Write the tree into the link."""
    for key, name in ((TREE, "tree"), (AT, "at"), (ROUND, "round")):
        if STATE[key]:
            st.query_params[name] = str(STATE[key])
        elif name in st.query_params:
            del st.query_params[name]


def forget() -> None:
    """No tree, and the usual neighbours."""
    STATE[TREE], STATE[AT], STATE[ROUND] = "", 0, 0
    linked.forget(("size",))
    STATE["kinds"] = list(KINDS)


def put(spec: RefineSpec) -> None:
    """Set the way to that of a spec."""
    STATE[TREE], STATE[AT], STATE[ROUND] = spec.tree, spec.at, spec.round
    STATE["kinds"] = list(spec.kinds)
    STATE["size"] = next((name for name, size in SIZES.items() if size == spec.size), "middle")


def leading_to(spec: PictureSpec) -> RefineSpec:
    """The neighbours of a picture, in a tree that leads to it."""
    tree, node = Tree(replace(spec, moves=())), 0
    for move in spec.moves:
        tree, node = tree.grown(node, move)
    return RefineSpec(spec.prompt, str(tree), node, **single(spec))


def enter(spec: RefineSpec, move: Move) -> None:
    """Walk into a neighbour's room: the tree grows, and six neighbours of it are asked for."""
    tree, node = spec.grown_tree().grown(spec.at, move)
    STATE[TREE], STATE[AT], STATE[ROUND] = str(tree), node, 0
    go()


def return_to(node: int) -> None:
    """Walk to another picture of the tree."""
    STATE[AT], STATE[ROUND] = node, 0
    go()


def others() -> None:
    """Ask for six other neighbours of the same picture."""
    STATE[ROUND] = STATE.get(ROUND, 0) + 1
    go()


def go() -> None:
    """Let the page render what its knobs say."""
    STATE[GO] = True


def asked() -> bool:
    """Whether to render without a press, once."""
    return STATE.pop(GO, False)
