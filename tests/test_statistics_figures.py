"""Figures of the statistics rooms as data: what is drawn where, and files that a printer can read."""

import json
import re
import zlib
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image

from lab.figures import multiwindow as windows_figures
from lab.figures import sheet
from lab.figures import similarity as figures
from lab.figures.multiwindow.labels import spans
from lab.figures.multiwindow.lattice import DOUBLED, Lattice, Look, points, tidy_rows
from lab.figures.multiwindow.scene import FINE, scene
from lab.figures.multiwindow.screen import group_colours
from lab.figures.plate import plate as plate_of
from lab.figures.sheet.typeface import typeface
from lab.figures.similarity.scene import scene as similarity_scene
from lab.figures.style import DARK, LIGHT
from lab.multiwindow import WindowsSpec, densities, windows
from lab.similarity import decompose, eckart_young, gram, parallel_analysis, steps
from lab.similarity.listing import listing
from lab.tables import Groups, cities, table
from lab.tables.made import oval

IRIS = table("iris")
RESULT = windows(IRIS)
COLOURS = pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])


def drawn(look=None, lit=None, colours=LIGHT):
    return windows_figures.draw(RESULT, IRIS, IRIS.groups(), colours, look or Look(), lit)


def named(figure, name):
    return next(trace for trace in figure.data if trace.name == name)


@COLOURS
def test_each_flower_is_drawn_in_cell_top_right_and_corner(colours):
    figure = drawn(colours=colours)
    rows = np.concatenate([named(figure, name).customdata[:, 0] for name in IRIS.groups().names])
    assert np.bincount(rows.astype(int)).tolist() == [4] * 150
    colours_drawn = [named(figure, name).marker.color for name in ("setosa", "versicolor", "virginica")]
    assert colours_drawn == list(colours.flowers)


def test_points_lie_inside_their_windows():
    lattice = Lattice(4, 4)
    places, rows = points(RESULT, IRIS, lattice)
    for row in range(4):
        for column in range(4):
            x, y = lattice.place(row, column)
            inside = ((places >= (x, y)) & (places <= (x + 1, y + 1))).all(1)
            assert sorted(rows[inside]) == RESULT.cells[row, column].tolist()


def test_the_scene_places_each_row_where_the_figure_does():
    told = scene(RESULT, IRIS, IRIS.groups(), LIGHT, Look())
    points_told, at = told["points"], {(w["row"], w["column"]): np.array(w["at"]) for w in told["windows"]}
    places, rows = points(RESULT, IRIS, Lattice(4, 4))
    expected = {(int(row), *np.round(place, 3)) for place, row in zip(places, rows, strict=True)}
    found = set()
    for index, (x, y, cell) in enumerate(
        zip(points_told["x"], points_told["y"], points_told["cell"], strict=True)
    ):
        row, column = divmod(cell, 4)
        for seat in ((row, column), (row, 4), (4, column), (4, 4)):
            found.add((index, *np.round(at[seat] + np.array([x, y]) / FINE, 3)))
    assert (
        max(min(abs(a[1] - b[1]) + abs(a[2] - b[2]) for b in expected if b[0] == a[0]) for a in found) < 2e-3
    )
    assert len(found) == len(expected)
    assert sum(w["count"] for w in told["windows"]) == 4 * 150 and told["windows"][-1]["name"] == "all rows"
    assert json.loads(json.dumps(told))["groups"][0] == ["setosa", LIGHT.flowers[0]]


def test_the_scene_leaves_out_what_has_no_place():
    gaps = {name: np.asarray(IRIS[name], dtype=float).copy() for name in IRIS.columns}
    gaps["petal length (cm)"][0] = np.nan  # cannot be drawn
    gaps["sepal length (cm)"][1] = np.nan  # in the corner alone
    told = scene(windows(gaps), gaps, IRIS.groups(), LIGHT, Look())["points"]
    assert told["x"][0] == -1 and told["values"][0][0] is None and told["cell"][1] == -1 != told["x"][1]


def test_the_scene_of_densities_has_a_picture_in_each_window():
    told = scene(densities(IRIS, WindowsSpec()), IRIS, IRIS.groups(), LIGHT, Look())
    assert told["points"] is None and len(told["pictures"]) == len(told["windows"]) == 25


@pytest.mark.parametrize("word", ["iris", "digits"])
@pytest.mark.parametrize("k", [0, 1, 5])
def test_the_scene_of_similarities_holds_the_gram_matrix_and_its_approximation(word, k):
    known = table(word)
    found = steps.compare(known.matrix(), min(k, 4) if word == "iris" else k)
    codes = np.zeros(len(found.sample), dtype=int)
    told = similarity_scene(found, Groups(codes, ("all",)), LIGHT)
    scores = np.array(told["scores"])
    assert np.abs(scores @ scores.T - found.found.gram).max() < 2e-3 * told["reach"]
    first = scores[:, : told["k"]]
    assert np.abs(first @ first.T - found.found.truncated).max() < 1e-4 * told["reach"]
    lost = [*told["tail"], 0.0][min(told["k"], len(told["tail"]))]  # four axes keep all of Iris
    assert told["measured"] == pytest.approx(lost, rel=1e-6, abs=1e-14)
    assert sorted(told["order"]) == list(range(len(found.sample))) and json.dumps(told)


def test_counts_are_written_in_every_window_that_has_any():
    texts = named(drawn(), "counts").text
    assert len(texts) == 25 and texts[-1] == "150"
    assert [text for text in texts[:4]] == [str(n) if n else "" for n in RESULT.counts[0]]
    assert not [trace for trace in drawn(Look(counts=False)).data if trace.name == "counts"]


def test_a_brush_lights_the_same_rows_everywhere():
    figure = drawn(lit=[0, 149])
    lit = [named(figure, name).selectedpoints for name in ("setosa", "versicolor", "virginica")]
    assert [len(each) for each in lit] == [4, 0, 4]


def test_doubled_frames_cost_what_tufte_says():
    assert Lattice(4, 4, doubled=True).area_lost == pytest.approx(1 - 25 / (5 + 4 * DOUBLED + 0.01) ** 2)
    assert 0.17 < Lattice(4, 4, doubled=True).area_lost < 0.20
    assert Lattice(4, 4).area_lost < 0.06


def test_safe_colours_replace_the_flowers():
    assert group_colours(IRIS.groups(), LIGHT, Look(safe=True)) == LIGHT.categories[:3]


@pytest.mark.parametrize(
    ("edges", "labels"),
    [
        ([4.3, 5.2, 6.1], ["4.3–5.2", "5.2–6.1"]),
        ([-26.3, -13.2, -0.1], ["-26 to -13", "-13 to 0"]),
        ([1.0, 1.0, 1.0], ["1–1", "1–1"]),
    ],
)
def test_labels_of_bins_are_short(edges, labels):
    assert spans(np.array(edges)) == labels


def test_the_tidy_table_has_a_line_for_each_window():
    header, *lines = tidy_rows(RESULT)
    assert header[2] == "sepal length (cm) from" and len(lines) == 25
    assert lines[-1] == ["all", "all", 4.3, 7.9, 2.0, 4.4, 150]
    assert sum(line[-1] for line in lines if "all" not in line) == 150


def test_the_film_shows_each_bin_once():
    film = windows_figures.draw_film(RESULT, IRIS, IRIS.groups(), LIGHT, Look(), along=0, band=None)
    shown = [sum(len(trace.x) for trace in frame.data) for frame in film.frames]
    assert shown == [len(rows) for rows in RESULT.top]
    # without a redraw plotly keeps the old points of a group that has none in the new frame
    steps_ = [step.args[1] for step in film.layout.sliders[0].steps]
    assert all(args["frame"]["redraw"] for args in (*steps_, film.layout.updatemenus[0].buttons[0].args[1]))


def test_densities_are_pictures_of_the_right_number():
    spec = WindowsSpec(bins=(3, 2))
    found = densities(IRIS, spec, pixels=9)
    figure = windows_figures.draw(found, IRIS, IRIS.groups(), LIGHT, Look())
    assert len(figure.layout.images) == 4 * 3 and named(figure, "counts").text[-1] == "150"


def plate():
    return windows_figures.lay_out(RESULT, IRIS, IRIS.groups(), Look(), "Iris (4 × 4)")


def test_svg_holds_every_dot_and_its_own_type():
    tree = ElementTree.fromstring(sheet.svg(plate()))
    tags = [element.tag.split("}")[1] for element in tree.iter()]
    assert tags.count("circle") == 600 + 3 and tags.count("polyline") == 25
    style = next(element for element in tree.iter() if element.tag.endswith("style")).text
    assert style.count("data:font/ttf;base64,") == 2 and "http" not in style


def test_pdf_is_whole_and_embeds_its_type():
    body = sheet.pdf(plate())
    assert body.startswith(b"%PDF-1.4") and body.endswith(b"%%EOF\n")
    assert body.count(b"/FontFile2") == 2
    start = int(re.search(rb"startxref\n(\d+)", body)[1])
    assert body[start:].startswith(b"xref")
    for number, place in enumerate(re.findall(rb"^(\d{10}) 00000 n", body[start:], re.M), start=1):
        assert body[int(place) :].startswith(b"%d 0 obj" % number)
    contents = re.search(rb"/Contents (\d+) 0 R", body)[1]
    page = zlib.decompress(re.search(rb"\n%s 0 obj\n.*?stream\n(.*?)\nendstream" % contents, body, re.S)[1])
    assert page.count(b" c ") + page.count(b" c\n") >= 603
    numbered = [typeface(False).numbers("petal length"), typeface(True).numbers("sepal length")]
    assert all(b"".join(b"%04X" % glyph for glyph in word) in page for word in numbered)


@pytest.mark.parametrize(("k", "strength"), [(0, 1), (1, 5), (4, 1)])
def test_a_faint_difference_is_drawn_stronger_and_says_so(k, strength):
    """Nothing is left of Iris after four axes: rounding is not blown up."""
    found = eckart_young(gram(IRIS.matrix()), k)
    drawn = figures.draw_gram(found, np.arange(150), LIGHT)
    whole, _, rest = drawn.data
    assert whole.zmax == pytest.approx(strength * rest.zmax)
    assert np.abs(rest.z).max() <= rest.zmax * (1 + 1e-6)
    assert (f"× {strength}" in drawn.layout.annotations[2].text) == (strength > 1)
    assert [note.xref for note in drawn.layout.annotations] == ["x domain", "x2 domain", "x3 domain"]


def test_png_has_three_pixels_to_the_point():
    import io

    image = Image.open(io.BytesIO(sheet.png(plate())))
    assert image.width == 3 * 504 and len(image.getcolors(10**6)) > 50


@COLOURS
def test_the_heat_maps_add_up(colours):
    found = eckart_young(gram(IRIS.matrix()), 1)
    order = figures.order_by(IRIS.groups().codes, decompose(IRIS.matrix(), 1).scores[:, 0])
    maps = figures.draw_gram(found, order, colours, lit=[3]).data
    np.testing.assert_allclose(maps[0].z, maps[1].z + maps[2].z, atol=1e-4)
    assert len(maps[3].y) == 1


def test_scree_marks_the_axes_that_beat_chance():
    X = table("wine").standardised().matrix()
    found = parallel_analysis(X, np.random.default_rng(0))
    bars = figures.draw_scree(found, LIGHT).data[0]
    assert found.axes == 3 and sum(colour != LIGHT.line for colour in bars.marker.color) == 3


def test_biplot_names_the_longest_loadings():
    wine = table("wine").standardised()
    names = list(wine.columns)
    figure = figures.draw_biplot(decompose(wine.matrix(), 3), names, wine.groups(), LIGHT)
    assert len([a for a in figure.layout.annotations if a.text in names]) == 12


def test_shadows_on_a_biplots_arrow_stand_in_the_order_of_the_values():
    """The arrow's direction as drawn; second route: the values in the approximation of rank two."""
    wine = table("wine").standardised()
    found = decompose(wine.matrix(), 2)
    figure = figures.draw_biplot(found, list(wine.columns), wine.groups(), LIGHT)
    tips = {
        label.text: (arrow.x, arrow.y)
        for arrow, label in zip(*[iter(figure.layout.annotations)] * 2, strict=True)
    }
    for name in ("alcohol", "proline", "hue"):
        shadows = found.scores @ np.array(tips[name])
        values = found.rebuild()[:, list(wine.columns).index(name)]
        np.testing.assert_allclose(np.corrcoef(shadows, values)[0, 1], 1, atol=1e-12)


def plates():
    """A result of each step with its table."""
    wine, rings = table("wine").standardised(), table("rings")
    yield "direction", steps.turn(oval(), 30), None, {}
    yield "matrix", steps.compare(IRIS.matrix(), 2), IRIS, {}
    yield "duality", steps.meet(IRIS.matrix()), IRIS, {}
    yield "centring", steps.displace(oval(), 4, 120), None, {}
    yield "kernels", steps.bend(rings.matrix(), "rbf"), rings, {}
    yield "distances", steps.chart(*cities()), None, {}
    yield "real", steps.analyse(wine.matrix(), 3), wine, {"view": "plane"}


PLATES = pytest.mark.parametrize(
    ("step", "result", "used", "choices"), list(plates()), ids=[p[0] for p in plates()]
)


@PLATES
def test_a_plate_holds_what_the_screen_shows(step, result, used, choices):
    drawn = figures.draw(result, used, **choices)
    marks = plate_of(figures.on_paper(drawn), step).marks
    traces = [trace for figure in drawn.values() for trace in figure.data]
    # every sample that is a point on the screen is a point on paper; open marks are rings of lines
    shown = sum(
        len(t.x)
        for t in traces
        if t.type == "scatter" and "markers" in t.mode and "open" not in (t.marker.symbol or "")
    )
    legends = sum(
        isinstance(mark, sheet.Dots) and len(mark.points) == 1 and mark.radius == 2.2 for mark in marks
    )
    dots = sum(len(mark.points) for mark in marks if isinstance(mark, sheet.Dots))
    arrows = sum(isinstance(mark, sheet.Dots) and mark.radius == 1.2 for mark in marks)
    hidden = sum(len(t.x) for t in traces if t.name == "shadows")  # a shadow may fall beyond the frame
    assert shown - hidden <= dots - legends - arrows <= shown
    pictures = sum(isinstance(mark, sheet.Picture) for mark in marks)
    assert pictures == sum(trace.type == "heatmap" for trace in traces)


@PLATES
def test_a_plate_stays_on_its_paper(step, result, used, choices):
    page = plate_of(figures.on_paper(figures.draw(result, used, **choices)), step)
    for mark in page.marks:
        if isinstance(mark, sheet.Dots | sheet.Line) and len(mark.points):
            assert (mark.points >= -1).all() and (mark.points <= (page.width + 1, page.height + 1)).all()
    assert sheet.pdf(page).endswith(b"%%EOF\n") and ElementTree.fromstring(sheet.svg(page)) is not None


@PLATES
def test_the_numbers_of_a_step_have_a_header_and_rows(step, result, used, choices):
    header, *rows = listing(result, used.labels() if used else None)
    assert rows and {len(row) for row in rows} == {len(header)}


def test_the_plate_of_windows_writes_the_counts():
    words = [mark.words for mark in plate().marks if isinstance(mark, sheet.Text)]
    assert "150" in words and str(RESULT.counts[1, 1]) in words
    bare = windows_figures.lay_out(RESULT, IRIS, IRIS.groups(), Look(counts=False), "Iris")
    assert "150" not in [mark.words for mark in bare.marks if isinstance(mark, sheet.Text)]
