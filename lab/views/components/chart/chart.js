// A figure of the house, written as plotly writes it and drawn here as SVG: axes, marks, words, a legend, what the pointer meets.
// It draws what lab/views/chart.py lets through and nothing else.

const charts = new WeakMap();
const NEAR = 20; // pixels from the pointer to a point it means
let count = 0;

// How large it is drawn: as the page has it, or grown with all its words to the full screen.
function fit(chart) {
  const { plane, stage, figure } = chart;
  const full = stage.matches(":fullscreen");
  plane.style.height = full ? "100%" : `${figure.layout.height}px`;
  const [wide, high] = (chart.room = [plane.clientWidth, plane.clientHeight]);
  if (!wide) return;
  if (!full) chart.usual = wide;
  chart.scale = full ? Math.max(1, Math.min(wide / chart.usual, high / figure.layout.height)) : 1;
  Object.assign(chart, { width: wide / chart.scale, height: high / chart.scale });
  plane.style.fontSize = `${chart.scale * figure.layout.font.size}px`;
  chart.svg.setAttribute("viewBox", `0 0 ${chart.width} ${chart.height}`);
  paint(chart);
}

function paint(chart) {
  chart.legendHeight = chart.legend.hidden ? 0 : chart.legend.offsetHeight / chart.scale + 8;
  Object.assign(chart, { targets: [], heats: [], parts: 0 });
  const { svg } = chart;
  svg.replaceChildren();
  frame(chart);
  svg.dataset.axes = JSON.stringify([...chart.axes.values()].map(({ id, range, from, to }) => ({ id, range, pixels: [from, to] })));
  const below = make(svg, "g", {});
  grids(chart, below);
  pictures(chart, below, "below");
  traces(chart, make(svg, "g", { class: "marks" }));
  shapes(chart, svg);
  pictures(chart, svg, "above");
  scales(chart, svg);
  annotations(chart, svg);
  colourBars(chart, svg);
  chart.tip.hidden = true;
}

// The point, bar or cell that the pointer means.
function met(chart, x, y) {
  let [best, least] = [null, NEAR ** 2];
  for (const target of chart.targets) {
    const [left, top, right, bottom] = target.box ?? [target.x, target.y, target.x, target.y];
    const away = Math.max(left - x, 0, x - right) ** 2 + Math.max(top - y, 0, y - bottom) ** 2;
    if (target.box ? away < 4 && least > 0 : away <= least) [best, least] = [target, away];
  }
  return best ?? cell(chart, x, y);
}

function cell(chart, x, y) {
  const inside = (edges, spot) => edges.slice(1).findIndex((edge, index) => (spot - edge) * (spot - edges[index]) <= 0);
  for (const { trace, across, down, range } of chart.heats) {
    const [column, row] = [inside(across, x), inside(down, y)];
    if (column < 0 || row < 0 || !known(trace.z[row][column])) continue;
    return { trace, row, column, x, y, colour: `rgb(${shade(range, trace.z[row][column])})` };
  }
  return null;
}

// What is known of it, by the names that plotly's templates use.
function knowledge({ trace, index, row, column, shown }) {
  if (row !== undefined) {
    const own = (values) => values?.[row]?.[column];
    return { x: trace.x[column], y: trace.y[row], z: own(trace.z), text: own(trace.text), customdata: own(trace.customdata) };
  }
  const own = { x: trace.x[index], y: trace.y[index], text: each(trace.text, index), customdata: each(trace.customdata, index) };
  return { ...own, pointNumber: index, marker: shown };
}

function hover(chart, event) {
  const box = chart.plane.getBoundingClientRect();
  const { scale } = chart;
  const [x, y] = [(event.clientX - box.left) / scale, (event.clientY - box.top) / scale];
  const target = met(chart, x, y);
  chart.tip.hidden = !target;
  if (!target) return;
  const { trace } = target;
  const template = trace.hovertemplate ?? `(%{x}, %{y})<extra>${trace.name ?? ""}</extra>`;
  const [, words, extra] = /^(.*?)(?:<extra>(.*)<\/extra>)?$/s.exec(filled(template, knowledge(target)));
  chart.tip.replaceChildren();
  spell(chart.tip, words);
  if (extra) {
    chart.tip.append(document.createElement("br"));
    spell(chart.tip.appendChild(document.createElement("small")), extra);
  }
  chart.tip.style.borderLeftColor = target.colour;
  const flip = target.x > chart.width / 2;
  const [left, right] = [target.x, chart.width - target.x].map((away) => `${scale * away + 14}px`);
  const top = between(scale * target.y - 14, 0, scale * chart.height - chart.tip.offsetHeight);
  Object.assign(chart.tip.style, { left: flip ? "" : left, right: flip ? right : "", top: `${top}px` });
}

// Traces with what they leave unsaid: places in order, a colour, a mode.
function completed(figure) {
  const { data, layout } = figure;
  data.forEach((trace, number) => {
    trace.name ??= `trace ${number}`;
    const order = (length) => Array.from({ length }, (_, index) => index);
    if (trace.type === "scattergl") trace.type = "scatter";
    if (trace.type === "heatmap") {
      trace.x ??= order(trace.z[0]?.length ?? 0);
      trace.y ??= order(trace.z.length);
    }
    trace.x ??= order(trace.y?.length ?? 0);
    trace.y ??= order(trace.x.length);
    if (trace.type === "scatter") trace.mode ??= trace.x.length < 20 ? "lines+markers" : "lines";
    const colour = each(trace.marker?.color, 0);
    trace.tone = trace.line?.color ?? (typeof colour === "string" ? colour : layout.colorway[number % layout.colorway.length]);
  });
  return figure;
}

function receive(chart, { figure, alt }) {
  if (chart.spec === figure && chart.alt === alt) return;
  const hidden = new Set(chart.figure?.data.filter((trace) => trace.hidden).map((trace) => trace.name));
  chart.figure = completed(unpacked(JSON.parse(figure)));
  for (const trace of chart.figure.data) trace.hidden = hidden.has(trace.name);
  Object.assign(chart, { spec: figure, alt });
  const { layout } = chart.figure;
  Object.assign(chart, { size: layout.font.size, small: layout.font.size - 2, family: layout.font.family, ink: layout.font.color });
  chart.svg.setAttribute("aria-label", alt);
  chart.svg.removeAttribute("aria-busy");
  Object.assign(chart.tip.style, { background: layout.hoverlabel?.bgcolor, borderColor: layout.hoverlabel?.bordercolor });
  legend(chart);
  fit(chart);
}

// Onto the full screen and back; the browser may say no.
function turned(chart) {
  if (chart.stage.matches(":fullscreen")) document.exitFullscreen();
  else chart.stage.requestFullscreen().catch(() => (chart.full.hidden = true));
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const parts = { stage: find(".stage"), plane: find(".chart"), svg: find("svg"), legend: find(".legend"), tip: find(".tip"), full: find(".full") };
  const chart = { ...parts, name: `chart${count++}` };
  chart.plane.onpointermove = chart.plane.onpointerdown = (event) => hover(chart, event);
  chart.plane.onpointerleave = () => (chart.tip.hidden = true);
  chart.full.hidden = !document.fullscreenEnabled;
  chart.full.onclick = () => turned(chart);
  chart.stage.onfullscreenchange = () => (chart.full.title = chart.stage.matches(":fullscreen") ? "Back to the page" : "Full screen");
  const changed = () => chart.plane.clientWidth !== chart.room[0] || chart.plane.clientHeight !== chart.room[1];
  chart.observer = new ResizeObserver(() => changed() && fit(chart));
  return chart;
}

export default function ({ data, parentElement }) {
  let chart = charts.get(parentElement);
  if (!chart) charts.set(parentElement, (chart = open(parentElement)));
  receive(chart, data);
  chart.observer.observe(chart.plane);
  return () => {
    chart.observer.disconnect();
    charts.delete(parentElement);
  };
}
