"""The code of a page as a Jupyter notebook."""

from __future__ import annotations

import json
from typing import Any


def notebook(title: str, text: str, *cells: str) -> bytes:
    """A notebook with one cell of text and then the cells of code (nbformat 4.5).

    Parameters
    ----------
    text : str
        Markdown under the title.
    """
    written: list[dict[str, Any]] = [
        {"cell_type": "markdown", "id": "title", "metadata": {}, "source": f"# {title}\n\n{text}"}
    ]
    written += [
        {
            "cell_type": "code",
            "id": f"cell-{number}",
            "metadata": {},
            "source": cell,
            "outputs": [],
            "execution_count": None,
        }
        for number, cell in enumerate(cells, start=1)
    ]
    python = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    document = {"nbformat": 4, "nbformat_minor": 5, "metadata": python, "cells": written}
    return json.dumps(document, indent=1).encode()
