"""The reference of the contract, made from the docstrings: python -m tests.reference out/reference.

The contract is what a notebook may import and rely on; what lies beneath it may move. Formulas stay as they
are written, since drawing them would fetch a script from elsewhere.
"""

import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

from pdoc import doc, render

ROOT = Path(__file__).resolve().parent.parent
CONTRACT = (
    "lab.catalog",
    "lab.circles",
    "lab.cluster",
    "lab.communities",
    "lab.diffusion",
    "lab.diffusion.anatomy",
    "lab.diffusion.latents",
    "lab.diffusion.librarian",
    "lab.diffusion.paths",
    "lab.engine",
    "lab.multiwindow",
    "lab.networks",
    "lab.presets",
    "lab.roshambo",
    "lab.shuffling",
    "lab.similarity",
    "lab.sweeps",
    "lab.tables",
    "lab.tours",
    "lab.walks",
)


def opened(name: str) -> ModuleType:
    """A module of the contract, with the names in it that wait for their first use."""
    module = import_module(name)
    for word in getattr(module, "__all__", ()):
        getattr(module, word)
    return module


def pages() -> dict[str, str]:
    """Every page of the reference by its address."""
    render.configure(docformat="numpy", show_source=False, include_undocumented=False)
    modules = {name: doc.Module(opened(name)) for name in CONTRACT}
    found = {f"{name.replace('.', '/')}.html": render.html_module(modules[name], modules) for name in modules}
    return found | {"index.html": render.html_index(modules), "search.js": render.search_index(modules)}


def write(folder: Path) -> Path:
    """Write all pages; returns the first one."""
    for address, text in pages().items():
        place = folder / address
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    return folder / "index.html"


if __name__ == "__main__":
    print(write(Path(sys.argv[1])))
