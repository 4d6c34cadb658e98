"""The house's drawing of figures beside plotly's own: the same ranges, values at every mark, words."""

import json
from pathlib import Path

import numpy as np
import plotly
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from lab import catalog
from lab.figures.chart import written
from lab.figures.style import LIGHT, dress, scale
from lab.views import chart, elements, page

PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
WIDTH = 640
ROOMS = (
    {"word": "shuffling"},
    {"word": "variations"},
    {"word": "mix"},
    {"word": "communities", "view": "why"},
    {"word": "communities", "view": "phase"},
    {"word": "communities", "view": "rows"},
    {"word": "roshambo", "room": "listen"},
    {"word": "roshambo", "room": "tournament"},
    {"word": "similarity", "step": "real"},
)
# Values of every point and of the far end of every bar, read back from the drawing with the axes' own
# ranges; bars of less than a pixel are left out.
THEIRS = """async ([spec, width]) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.style.width = `${width}px`;
    const { data, layout } = JSON.parse(spec);
    await Plotly.newPlot(place, data, { ...layout, width }, { staticPlot: true });
    const full = place._fullLayout, ranges = {}, points = [], bars = [];
    for (const id of full._subplots.xaxis.concat(full._subplots.yaxis)) {
        ranges[id] = full[`${id[0]}axis${id.slice(1)}`].range.map(Number);
    }
    const value = (axis, share) => axis.range[0] * 1 + share * (axis.range[1] - axis.range[0]);
    for (const plot of place.querySelectorAll(".subplot:not(.overlines-above)")) {
        const [, x, y] = /(x\\d*)(y\\d*)/.exec(plot.getAttribute("class"));
        const [across, up] = [full[x.replace("x", "xaxis")], full[y.replace("y", "yaxis")]];
        const spot = (left, down) => [value(across, left / across._length), value(up, 1 - down / up._length)];
        for (const mark of plot.querySelectorAll(".scatterlayer .point")) {
            const turn = /translate\\(([-\\d.e]+),([-\\d.e]+)\\)/.exec(mark.getAttribute("transform"));
            if (mark.style.display !== "none") points.push(spot(Number(turn[1]), Number(turn[2])));
        }
        for (const mark of plot.querySelectorAll(".barlayer .point path")) {
            const box = mark.getBBox();
            if (Math.min(box.width, box.height) < 1) continue;
            bars.push([...spot(box.x, box.y), ...spot(box.x + box.width, box.y + box.height)]);
        }
    }
    const words = [...place.querySelectorAll(".annotation-text, .legendtext, .xtitle, .ytitle")];
    const told = words.map(word => word.textContent.trim()).filter(Boolean);
    Plotly.purge(place);
    place.remove();
    return { ranges, points, bars, told };
}"""
OURS = """async ([spec, width]) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = html;
    place.style.width = `${width}px`;
    const close = draw({ data: { figure: spec, alt: "a figure" }, parentElement: place });
    const svg = place.querySelector("svg"), ranges = {}, points = [], bars = [], axes = {};
    for (const axis of JSON.parse(svg.dataset.axes)) [ranges[axis.id], axes[axis.id]] = [axis.range, axis];
    const value = ({ range: [low, high], pixels: [from, to] }, at) =>
        low + (at - from) / (to - from) * (high - low);
    for (const { trace, x, y, box } of charts.get(place).targets) {
        const [across, up] = [axes[trace.xaxis ?? "x"], axes[trace.yaxis ?? "y"]];
        const spot = (left, down) => [value(across, left), value(up, down)];
        if (!box || Math.min(box[2] - box[0], box[3] - box[1]) < 1) continue;
        bars.push([...spot(box[0], box[1]), ...spot(box[2], box[3])]);
    }
    const marks = svg.querySelectorAll(".marks circle, .marks path[transform]");
    for (const mark of marks) {
        const turn = /translate\\(([-\\d.e]+) ([-\\d.e]+)\\)/.exec(mark.getAttribute("transform"));
        const centre = turn ? turn.slice(1).map(Number) : [mark.cx.baseVal.value, mark.cy.baseVal.value];
        points.push([value(axes.x, centre[0]), value(axes.y, centre[1])]);
    }
    const words = [...place.querySelectorAll("svg > g > text, svg > text, svg text, .legend button")];
    const told = words.map(word => word.textContent.trim()).filter(Boolean);
    close();
    place.remove();
    return { ranges, points, bars, told };
}"""

OPENED = """([spec, alt]) => {
    const place = document.body.appendChild(document.createElement("div"));
    place.innerHTML = html;
    window.leave = () => { close(); place.remove(); };
    const close = draw({ data: { figure: spec, alt }, parentElement: place });
}"""


@pytest.fixture(scope="module")
def sheet(browser):
    """An empty page that knows plotly and the component."""
    opened = browser.new_page(viewport={"width": 900, "height": 900})
    script = "\n".join((elements.FOLDER / f"{part}.js").read_text(encoding="utf-8") for part in chart.PARTS)
    styles = (elements.FOLDER / "chart/chart.css").read_text(encoding="utf-8")
    html = (elements.FOLDER / "chart/chart.html").read_text(encoding="utf-8")
    opened.set_content(f"<style>body {{ margin: 0 }} {styles}</style>")
    opened.add_script_tag(path=PLOTLY)
    opened.add_script_tag(content=script.replace("export default function", "function draw"))
    opened.add_script_tag(content=f"const html = {json.dumps(html)};")
    yield opened
    opened.close()


def figures_of(word, monkeypatch, **query):
    """The figures of a page, by name."""
    found = {}
    monkeypatch.setattr(page, "figure", lambda drawn, key, *words, **more: found.setdefault(key, drawn))
    app = AppTest.from_file(str(catalog.by_word(word).page), default_timeout=120)
    for name, value in query.items():
        app.query_params[name] = value
    app.run()
    assert found and not app.exception
    return found


def compare(sheet, figure):
    """Hold the house's drawing of a figure against plotly's."""
    spec = written(figure)
    assert spec
    theirs, ours = (sheet.evaluate(script, [spec, WIDTH]) for script in (THEIRS, OURS))
    assert theirs["ranges"].keys() == ours["ranges"].keys()
    even = any(axis.scaleanchor for axis in [*figure.select_xaxes(), *figure.select_yaxes()])
    spans = {name[0]: abs(high - low) for name, (low, high) in theirs["ranges"].items()}
    for name, wanted in theirs["ranges"].items():
        axis = getattr(figure.layout, f"{name[0]}axis{name[1:]}")
        if not even:  # where units are equal the range follows from the words around the plot
            close = 1e-6 if axis.range and None not in axis.range else 0.06
            assert np.allclose(ours["ranges"][name], wanted, rtol=0, atol=close * spans[name[0]]), name
    near = 0.004 * np.array([spans["x"], spans["y"]])
    for kind, room in (("points", near), ("bars", np.tile(near, 2))):
        a, b = (
            np.array([mark for mark in side[kind] if shown(mark, ours["ranges"])]) for side in (theirs, ours)
        )
        assert a.shape == b.shape, (kind, a.shape, b.shape)
        assert not len(a) or (matched(a, b, room) <= room).all(), kind
    assert set(theirs["told"]) <= set(ours["told"])
    return theirs


def shown(mark, ranges):
    """Whether a mark begins within the axes, up to rounding; plotly keeps those beyond under a clip."""
    spans = [(*sorted(ranges[name]), place) for name, place in zip("xy", mark, strict=False)]
    return all(low - 1e-3 * (high - low) <= place <= high + 1e-3 * (high - low) for low, high, place in spans)


def matched(theirs, ours, room):
    """Distances of each mark of theirs to the nearest of ours, along each coordinate."""
    gaps = np.abs(theirs[:, None] - ours[None])
    return gaps[np.arange(len(theirs)), (gaps / room).max(-1).argmin(1)]


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: " ".join(room.values()))
def test_every_figure_of_a_room_is_drawn_as_plotly_draws_it(sheet, monkeypatch, room):
    for name, figure in figures_of(
        room["word"], monkeypatch, **{k: v for k, v in room.items() if k != "word"}
    ).items():
        if written(figure):
            assert compare(sheet, figure)["ranges"], name


def test_logarithms_categories_and_reversed_axes_are_drawn_as_plotly_draws_them(sheet):
    logarithms = dress(go.Figure(go.Scatter(x=[1, 2, 3], y=[0.001, 1, 500], mode="markers", name="a")))
    logarithms.update_yaxes(type="log")
    logarithms.add_annotation(x=2, y=1, text="ten", showarrow=False)
    categories = dress(go.Figure([go.Bar(x=["b", "a"], y=[1, -2]), go.Bar(x=["a", "c"], y=[3, 1])]))
    categories.update_yaxes(autorange="reversed")
    heat = dress(go.Figure(go.Heatmap(z=np.arange(12).reshape(3, 4), colorscale=scale(LIGHT.sequence))))
    alone = dress(go.Figure(go.Bar(x=["only"], y=[2])))
    point = dress(go.Figure(go.Scatter(x=[3], y=[0.5], mode="markers")))
    for figure in (logarithms, categories, heat, alone, point):
        compare(sheet, figure)


@pytest.mark.parametrize(
    "trace",
    [
        go.Scatter(x=[], y=[], fill="tozeroy"),
        go.Scatter(x=[np.nan, 1], y=[1, np.nan], mode="lines+markers", fill="toself"),
        go.Bar(x=[], y=[]),
        go.Bar(x=["a", "b"], y=[0, np.nan]),
        go.Heatmap(z=[[np.nan, np.nan]], colorscale=scale(LIGHT.sequence)),
        go.Heatmap(z=[[1.0]], colorscale=scale(LIGHT.sequence)),
    ],
    ids=["no points", "broken points", "no bars", "bars of nothing", "no cells", "one cell"],
)
def test_a_figure_of_next_to_nothing_is_drawn_without_a_complaint(sheet, trace):
    ours = sheet.evaluate(OURS, [written(dress(go.Figure(trace))), WIDTH])
    assert all(np.isfinite(ends).all() and ends[0] != ends[1] for ends in ours["ranges"].values())
    assert not any("NaN" in text or "Infinity" in text for text in ours["told"])


def test_the_pointer_meets_a_point_and_the_legend_hides_it(sheet):
    figure = dress(go.Figure())
    for name, height in (("first", 1), ("second", 2)):
        told = "<b>%{customdata}</b> at %{y:.2f}<extra>" + name + "</extra>"
        figure.add_scatter(
            x=[1], y=[height], customdata=["<i>here</i>"], mode="markers", name=name, hovertemplate=told
        )
    sheet.evaluate(OPENED, [written(figure), "two points"])
    assert sheet.get_by_role("img", name="two points").count() == 1
    sheet.locator(".marks circle").last.hover()
    assert sheet.locator(".tip").inner_text() == "here at 2.00\nsecond"
    sheet.get_by_role("button", name="second").click()
    assert sheet.locator(".marks circle").count() == 1
    sheet.get_by_role("button", name="second").press("Enter")
    assert sheet.locator(".marks circle").count() == 2
    sheet.evaluate("leave()")


def test_a_figure_grows_to_the_full_screen_with_its_words_and_comes_back(sheet):
    figure = dress(go.Figure(go.Scatter(x=[1, 2], y=[1, 3], mode="markers", hovertemplate="%{x} and %{y}")))
    figure.update_layout(height=300, width=None)
    sheet.evaluate(OPENED, [written(figure), "two points"])
    drawn, words = sheet.get_by_role("img", name="two points"), sheet.locator(".axis text").first
    before, letters = drawn.bounding_box(), words.bounding_box()
    assert before["height"] == 300
    drawn.hover()
    sheet.get_by_role("button", name="Full screen").click()
    back = sheet.get_by_role("button", name="Back to the page")
    back.wait_for()
    grown = drawn.bounding_box()
    assert grown["height"] > 700 and words.bounding_box()["height"] == pytest.approx(
        letters["height"], rel=0.4
    )
    sheet.set_viewport_size({"width": 1800, "height": 1000})
    sheet.wait_for_function("document.querySelector('.axis text').getBoundingClientRect().height > 20")
    assert words.bounding_box()["height"] > 1.5 * letters["height"]
    sheet.locator(".marks circle").last.hover()
    assert sheet.locator(".tip").inner_text() == "2 and 3"
    back.click()
    sheet.get_by_role("button", name="Full screen").wait_for()
    sheet.set_viewport_size({"width": 900, "height": 900})
    sheet.wait_for_function("document.querySelector('.chart > svg').getBoundingClientRect().height == 300")
    assert words.bounding_box()["height"] == pytest.approx(letters["height"], abs=1)
    sheet.evaluate("leave()")
