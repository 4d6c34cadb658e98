"""The table to play at: a component that sends moves and draws what comes back."""

from __future__ import annotations

from collections.abc import Callable

from lab.views.elements import element


def lay(data: dict, moved: Callable[[], None], key: str = "board") -> None:
    """Show the table; `moved` is called when the visitor moved, before the page is drawn anew."""
    element("board", "board", "board", "board")(data=data, key=key, on_move_change=moved)
