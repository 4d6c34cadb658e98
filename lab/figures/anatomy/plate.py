"""An anatomy on one printed sheet: where the words were asked for, the inputs, and the steps row by row."""

from __future__ import annotations

import numpy as np
from PIL import Image

from lab.diffusion.anatomy import Anatomy, Moment
from lab.diffusion.anatomy.colours import small_picture
from lab.figures.anatomy.scene import groups, of_step
from lab.figures.latents import tinted
from lab.figures.sheet import Line, Picture, Sheet, Text
from lab.figures.style import LIGHT

WIDTH, MARGIN, GAP = 504.0, 30.0, 10.0  # 7 inches
ROOM = WIDTH - 2 * MARGIN
WORDS_ACROSS, STEPS_MOST = 10, 6
VEIL = 0.93  # how far a place that nobody asked about sinks into the paper
COLUMNS = {
    "latents": "noisy latents",
    "unconditional": "unconditional",
    "conditional": "conditional",
    "difference": "difference",
    "clean": "predicted x0",
}


def plate(anatomy: Anatomy) -> Sheet:
    """The sheet of a finished run, in day colours."""
    spec = anatomy.spec
    marks: list = [
        Text(MARGIN, 32, _short(spec.prompt, 78), LIGHT.ink, 14),
        Text(MARGIN, 47, _told(anatomy), LIGHT.faint, 9, italic=True),
    ]
    top = 66.0
    for part in (_words, _inputs, _steps):
        more, top = part(anatomy, top)
        marks += more
    return Sheet(WIDTH, top + MARGIN / 2, LIGHT.paper, f"Anatomy of “{spec.prompt}”", tuple(marks))


def _told(anatomy: Anatomy) -> str:
    spec = anatomy.spec
    return (
        f"{spec.model}, seed {spec.seed}, {spec.steps} steps of {spec.scheduler}, guidance {spec.guidance:g}"
    )


def _heading(words: str, y: float) -> Text:
    return Text(MARGIN, y, words, LIGHT.ink, 10)


def _under(x: float, y: float, words: str, colour: str = LIGHT.ink, size: float = 8, italic=False) -> Text:
    return Text(x, y, words, colour, size, "middle", italic)


def _words(anatomy: Anatomy, top: float) -> tuple[list, float]:
    """A lit picture for each word, with its share of the attention."""
    marks: list = [_heading("Where each word was asked for", top)]
    side = (ROOM - GAP * (WORDS_ACROSS - 1)) / WORDS_ACROSS
    found = groups(anatomy)
    for number, word in enumerate(found):
        row, column = divmod(number, WORDS_ACROSS)
        x, y = MARGIN + column * (side + GAP), top + 8 + row * (side + 24)
        share = anatomy.looked_at(word["tokens"])
        marks += [
            Picture(x, y, side, side, lit(anatomy.finished.picture, share)),
            _under(x + side / 2, y + side + 9, _short(word["text"], 11), italic=word["kind"] != "word"),
            _under(x + side / 2, y + side + 17, f"{100 * share.mean():.1f} %", LIGHT.faint, 6.5),
        ]
    rows = -(-len(found) // WORDS_ACROSS)
    return marks, top + 8 + rows * (side + 24) + GAP


def _inputs(anatomy: Anatomy, top: float) -> tuple[list, float]:
    """Initial noise, the text embedding and the finished picture in one row."""
    high = 96.0
    opening, x = anatomy.opening, MARGIN
    table = opening.embedding
    wide = ROOM - 2 * high - 2 * GAP
    parts = [
        (f"noise of seed {anatomy.spec.seed}", high, tiles(opening.noise)),
        (f"text embedding, {table.shape[0]} tokens by {table.shape[1]}", wide, tiles(table[None])),
        ("picture", high, Image.fromarray(anatomy.finished.picture)),
    ]
    marks: list = []
    for title, width, image in parts:
        marks += [
            Text(x, top, title, LIGHT.ink, 8.5),
            Picture(x, top + 6, width, high, _square(image, width, high)),
        ]
        x += width + GAP
    return marks, top + high + 28


def _steps(anatomy: Anatomy, top: float) -> tuple[list, float]:
    """One row for each of up to six steps, from noise to picture."""
    chosen = np.unique(np.linspace(0, len(anatomy.moments) - 1, STEPS_MOST).round().astype(int))
    moments = [anatomy.moments[number] for number in chosen]
    names = [name for name in COLUMNS if of_step(moments[0], name) is not None]
    side = (ROOM - 46 - GAP * len(names)) / (len(names) + 1)
    columns = [MARGIN + 46 + (side + GAP) * place for place in range(len(names) + 1)]
    marks: list = [
        Text(x, top, title, LIGHT.ink, 8.5)
        for x, title in zip(columns, [*(COLUMNS[name] for name in names), "as a picture"], strict=True)
    ]
    for row, moment in enumerate(moments):
        y = top + 6 + row * (side + 8)
        marks += [
            Text(MARGIN, y + 10, f"step {moment.index}", LIGHT.ink, 9),
            Text(MARGIN, y + 20, f"t = {moment.timestep:.0f}", LIGHT.faint, 8, italic=True),
            Line(np.array([[MARGIN, y - 4], [WIDTH - MARGIN, y - 4]]), LIGHT.line, 0.4),
        ]
        tensors = [tensor for name in names if (tensor := of_step(moment, name)) is not None]
        shown = [_square(tiles(tensor), side, side) for tensor in tensors]
        shown.append(Image.fromarray(_seen(anatomy, moment)))
        marks += [Picture(x, y, side, side, image) for x, image in zip(columns, shown, strict=True)]
    return marks, top + 6 + len(moments) * (side + 8)


def tiles(tensor: np.ndarray) -> Image.Image:
    """Channels (channels, height, width) side by side, nearly square, on one scale around nothing."""
    tensor = tensor.astype(np.float32)
    most = float(np.abs(tensor).max()) or 1.0
    count, height, width = tensor.shape
    across = int(np.ceil(np.sqrt(count)))
    sheet = Image.new("RGB", (across * (width + 1) - 1, -(-count // across) * (height + 1) - 1), LIGHT.paper)
    for number, plane in enumerate(tensor):
        row, column = divmod(number, across)
        place = (column * (width + 1), row * (height + 1))
        sheet.paste(Image.fromarray(tinted(plane / most, LIGHT)), place)
    return sheet


def lit(picture: np.ndarray, share: np.ndarray) -> Image.Image:
    """A picture that stays lit where a word was asked for and sinks into the paper elsewhere.

    Parameters
    ----------
    picture : ndarray of shape (H, W, 3), uint8
    share : ndarray of shape (h, w)
    """
    reach = float(np.ptp(share)) or 1.0
    veil = VEIL * (1 - (share - share.min()) / reach)
    mask = Image.fromarray(np.rint(255 * veil).astype(np.uint8))
    image = Image.fromarray(picture)
    paper = Image.new("RGB", image.size, LIGHT.paper)
    return Image.composite(paper, image, mask.resize(image.size, Image.Resampling.BICUBIC))


def _seen(anatomy: Anatomy, moment: Moment) -> np.ndarray:
    """Predicted x0 of a step as a picture."""
    if moment.picture is not None:
        return moment.picture
    return small_picture(moment.clean, anatomy.finished.colours)


def _square(image: Image.Image, width: float, height: float) -> Image.Image:
    """The image with sharp pixels at four to the point of its place."""
    return image.resize((round(4 * width), round(4 * height)), Image.Resampling.NEAREST)


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else words[: most - 1] + "…"
