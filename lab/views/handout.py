"""The printed handout of a room, made at the click."""

from __future__ import annotations

from lab.views.takeaways import Download, downloads


def offer(word: str) -> None:
    """Show the button that makes the handout of a room."""

    def build() -> bytes:
        from lab.figures.handout import handout

        return handout(word)

    downloads([Download("Print the handout (PDF)", f"latent-library-{word}.pdf", "application/pdf", build)])
