"""What of a prompt the chosen model does not know or does not read, said under the field."""

from __future__ import annotations

from lab.diffusion import folder
from lab.views import saying

NAMED = 8  # unknown words that are repeated


def understood(prompt: str, model: str) -> str:
    """Words the model was never taught, and how much of the prompt is cut off; nothing if all is well."""
    place, remarks = folder.locate(model), []
    if unknown := folder.unknown_words(prompt, folder.vocabulary(place)):
        more = f" and {len(unknown) - NAMED} more" if len(unknown) > NAMED else ""
        remarks.append(f"{model} does not know: {', '.join(unknown[:NAMED])}{more}.")
    read, cut = folder.count_tokens(prompt, place)
    if cut:
        remarks.append(f"Only the first {read} tokens are read, {cut} are cut off.")
    return " ".join(remarks)


def remark(prompt: str, model: str) -> None:
    """Say it below the prompt."""
    saying.remark(saying.plain(understood(prompt, model)))
