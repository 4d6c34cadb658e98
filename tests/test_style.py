"""The palettes as numbers: contrast by WCAG, distance under colour blindness, the theme that repeats them."""

import hashlib
import itertools
import re
import tomllib

import numpy as np
import plotly.graph_objects as go
import pytest

from lab.catalog import ROOT
from lab.figures import style

THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
PALETTES = {"light": style.LIGHT, "dark": style.DARK}
# Machado, Oliveira and Fernandes, 2009, severity 1.0, on linear RGB.
SIGHT = {
    "trichromacy": np.eye(3),
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    """Linear RGB of a hex colour, three numbers from 0 to 1."""
    srgb = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2 contrast ratio."""
    light = sorted(float(linear(colour) @ TO_XYZ[1]) for colour in (one, other))
    return (light[1] + 0.05) / (light[0] + 0.05)


def lab_of(rgb):
    """CIE L*a*b* (D65) of linear RGB."""
    ratio = TO_XYZ @ np.clip(rgb, 0, 1) / [0.9505, 1.0, 1.089]
    x, y, z = np.where(ratio > 0.008856, np.cbrt(ratio), 7.787 * ratio + 16 / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def mixed(over, under, share):
    """Colour of a translucent colour over another."""
    parts = [
        round(share * int(over[i : i + 2], 16) + (1 - share) * int(under[i : i + 2], 16)) for i in (1, 3, 5)
    ]
    return "#" + "".join(f"{part:02x}" for part in parts)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("surface", ["paper", "card"])
def test_text_and_marks_can_be_read(palette, surface):
    under = getattr(palette, surface)
    assert all(contrast(getattr(palette, word), under) >= 4.5 for word in ("ink", "faint", "accent"))
    assert all(contrast(colour, under) >= 3 for colour in palette.categories)


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_the_main_button_can_be_read_and_seen(palette):
    assert contrast("#ffffff", palette.pressed) >= 4.5
    assert min(contrast(palette.pressed, surface) for surface in (palette.paper, palette.card)) >= 3


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_captions_which_streamlit_fades_can_be_read(palette):
    assert contrast(mixed(palette.ink, palette.paper, 0.6), palette.paper) >= 4.5


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
@pytest.mark.parametrize("sight", SIGHT)
def test_categories_stay_apart(palette, sight):
    seen = [lab_of(np.asarray(SIGHT[sight]) @ linear(colour)) for colour in palette.categories]
    assert min(np.linalg.norm(a - b) for a, b in itertools.combinations(seen, 2)) >= 14


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_scales_grow_steadily(palette):
    lightness = [lab_of(linear(colour))[0] for colour in palette.sequence]
    steps = np.diff(lightness)
    assert (steps < 0).all() or (steps > 0).all()
    middle = len(palette.divergence) // 2
    away = [abs(lab_of(linear(c))[0] - lab_of(linear(palette.paper))[0]) for c in palette.divergence]
    assert away[0] > away[middle] < away[-1]


@pytest.mark.parametrize("name", PALETTES)
def test_the_theme_repeats_the_palette(name):
    palette, theme = PALETTES[name], THEME[name]
    assert theme["backgroundColor"] == palette.paper
    assert theme["secondaryBackgroundColor"] == palette.card
    assert theme["textColor"] == palette.ink
    assert theme["primaryColor"] == palette.pressed
    assert theme["linkColor"] == palette.accent
    assert theme["borderColor"] == palette.line
    assert tuple(theme["chartCategoricalColors"]) == palette.categories


@pytest.mark.parametrize(("sheet", "worn"), [("day", style.LIGHT), ("night", style.DARK)])
def test_the_sheets_of_day_and_night_repeat_the_palette(sheet, worn):
    told = (ROOT / "lab/views/components" / f"{sheet}.css").read_text(encoding="utf-8")
    kept = dict(re.findall(r"--house-(\w+): (#\w+);", told))
    assert kept == {"accent": worn.accent, "line": worn.line}


@pytest.mark.parametrize("name", PALETTES)
def test_notices_and_sidebar_can_be_read(name):
    theme = THEME[name]
    words = [key.removesuffix("BackgroundColor") for key in theme if key.endswith("BackgroundColor")]
    for word in set(words) - {"secondary", "code"}:
        assert contrast(theme[f"{word}TextColor"], theme[f"{word}BackgroundColor"]) >= 4.5, word
    for surface in theme["sidebar"].values():
        assert contrast(theme["textColor"], surface) >= 7


def test_every_font_of_the_theme_is_shipped_and_small():
    files = [ROOT / face["url"].removeprefix("app/") for face in THEME["fontFaces"]]
    assert all(file.read_bytes()[:4] == b"wOF2" for file in files)
    assert sum(file.stat().st_size for file in files) < 600_000
    assert {face["family"] for face in THEME["fontFaces"]} == {"EB Garamond", "IBM Plex Mono"}
    assert len(list((ROOT / "static" / "fonts").glob("*-OFL.txt"))) == 2


@pytest.mark.parametrize("palette", PALETTES.values(), ids=PALETTES)
def test_a_dressed_figure_wears_the_palette(palette):
    figure = style.dress(go.Figure(go.Scatter(x=[0, 1], y=[0, 1])), palette, height=300)
    assert figure.layout.height == 300
    assert figure.layout.font.color == palette.ink
    assert figure.layout.colorway == palette.categories
    assert figure.layout.xaxis.gridcolor == figure.layout.yaxis.gridcolor == palette.line


def test_a_theme_name_finds_its_palette():
    assert style.palette("dark") is style.DARK
    assert style.palette("light") is style.palette(None) is style.LIGHT


def test_scales_begin_at_zero_and_end_at_one():
    assert [place for place, _ in style.scale(("a", "b", "c"))] == [0, 0.5, 1]


def test_every_shipped_font_is_listed_with_its_checksum():
    listed = (ROOT / "data" / "SOURCES.md").read_text(encoding="utf-8")
    for font in (ROOT / "static" / "fonts").glob("*.woff2"):
        assert f"`static/fonts/{font.name}`" in listed
        assert hashlib.sha256(font.read_bytes()).hexdigest()[:16] in listed
