"""Components of the browser, each registered once; their texts are files of this repository, joined."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import streamlit as st

FOLDER = Path(__file__).parent / "components"


@functools.cache
def element(name: str, html: str, css: str, js: str):
    """A component of this name.

    Parameters
    ----------
    name : str
    html, css, js : str
        Files below ``components/`` without their endings, with spaces between them: what several components
        share comes first.
    """
    kinds = {"html": html, "css": css, "js": js}
    texts: dict[str, Any] = {
        kind: "\n".join((FOLDER / f"{part}.{kind}").read_text(encoding="utf-8") for part in parts.split())
        for kind, parts in kinds.items()
    }
    return st.components.v2.component(f"latent_library_{name}", **texts)
