// What stands in a figure beside its traces: pictures, lines and boxes, words with their arrows, the legend.

const THIRDS = [1 / 3, 2 / 3];

// Pixel of a place along x or y that is told on an axis, on an axis' domain, or on the whole figure.
function spotOf(chart, reference, value, along, raw = false) {
  const x = along === "x";
  const { left, top, right, bottom } = chart.area;
  if (reference === "paper") return x ? left + value * (right - left) : bottom - value * (bottom - top);
  const [id, domain] = (reference ?? along).split(" ");
  const axis = chart.axes.get(id);
  if (domain) return axis.from + value * (axis.to - axis.from);
  return raw && axis.kind === "log" ? pixel(axis, value) : place(axis, value);
}

function pictures(chart, parent, layer) {
  for (const image of chart.figure.layout.images ?? []) {
    if ((image.layer ?? "above") !== layer || !image.source.startsWith("data:image/")) continue;
    const [x, y] = [chart.axes.get(image.xref), chart.axes.get(image.yref)];
    const wide = Math.abs(pixel(x, image.sizex) - pixel(x, 0));
    const high = Math.abs(pixel(y, image.sizey) - pixel(y, 0));
    const left = pixel(x, image.x) - ({ center: wide / 2, right: wide }[image.xanchor] ?? 0);
    const top = pixel(y, image.y) - ({ middle: high / 2, bottom: high }[image.yanchor] ?? 0);
    const fit = { preserveAspectRatio: image.sizing === "stretch" ? "none" : "xMidYMid meet", opacity: image.opacity ?? 1 };
    make(clipped(chart, parent, x, y), "image", { href: image.source, x: left, y: top, width: wide, height: high, ...fit });
  }
}

function shapes(chart, parent) {
  for (const shape of chart.figure.layout.shapes ?? []) {
    const [x0, x1] = [shape.x0, shape.x1].map((value) => spotOf(chart, shape.xref, value, "x"));
    const [y0, y1] = [shape.y0, shape.y1].map((value) => spotOf(chart, shape.yref, value, "y"));
    const look = { stroke: shape.line?.color ?? chart.ink, "stroke-width": shape.line?.width ?? 2, ...dashed(shape.line) };
    if (shape.opacity !== undefined) look.opacity = shape.opacity;
    if (shape.type === "line") make(parent, "line", { x1: x0, x2: x1, y1: y0, y2: y1, ...look });
    else {
      const box = { x: Math.min(x0, x1), y: Math.min(y0, y1), width: Math.abs(x1 - x0), height: Math.abs(y1 - y0) };
      make(parent, "rect", { ...box, fill: shape.fillcolor ?? "none", ...look });
    }
  }
}

function annotations(chart, parent) {
  for (const words of chart.figure.layout.annotations ?? []) {
    const x = spotOf(chart, words.xref, words.x, "x", true) + (words.xshift ?? 0);
    const y = spotOf(chart, words.yref, words.y, "y", true) - (words.yshift ?? 0);
    const group = make(parent, "g", words.opacity === undefined ? {} : { opacity: words.opacity });
    if (words.showarrow) arrow(chart, group, words, x, y);
    if (!words.text) continue;
    const size = words.font?.size ?? chart.size - 1;
    const anchor = anchored(words.xanchor, words.xref, words.x, ["left", "center", "right"]);
    const base = anchored(words.yanchor, words.yref, words.y, ["bottom", "middle", "top"]);
    const [wide, high] = measured(words.text, size, chart.family);
    const start = x - { left: 0, center: wide / 2, right: wide }[anchor];
    const left = words.textangle ? start : between(start, 1, Math.max(1, chart.width - wide - 1)); // not cut off at the edge
    if (words.bgcolor) {
      const top = y - { top: 0, middle: high / 2, bottom: high }[base];
      make(group, "rect", { x: left - 1, y: top, width: wide + 2, height: high, fill: words.bgcolor });
    }
    const own = { anchor: { left: "start", center: "middle", right: "end" }[anchor], base, turn: words.textangle ?? 0 };
    letter(group, words.text, { x: x + left - start, y, size, colour: words.font?.color ?? chart.ink, ...own });
  }
}

// Where nothing is said, words lie centred on a place of the data, and within the figure on a share of it.
function anchored(said, reference, value, [low, middle, high]) {
  if (said && said !== "auto") return said;
  if (!/paper|domain/.test(reference ?? "")) return middle;
  return value < THIRDS[0] ? low : value > THIRDS[1] ? high : middle;
}

function arrow(chart, parent, words, x, y) {
  const from = [spotOf(chart, words.axref, words.ax, "x", true), spotOf(chart, words.ayref, words.ay, "y", true)];
  const [dx, dy] = [x - from[0], y - from[1]];
  const long = Math.hypot(dx, dy) || 1;
  const width = words.arrowwidth ?? 2;
  const head = Math.min(4 * width, long);
  const [ux, uy] = [dx / long, dy / long];
  const [bx, by] = [x - head * ux, y - head * uy];
  const half = 0.5 * head;
  make(parent, "line", { x1: from[0], y1: from[1], x2: bx, y2: by, stroke: words.arrowcolor, "stroke-width": width });
  const d = `M${x} ${y}L${bx - half * uy} ${by + half * ux}L${bx + half * uy} ${by - half * ux}Z`;
  make(parent, "path", { d, fill: words.arrowcolor });
}

// The legend lies above the figure; a name hides its trace, or shows it again.
function legend(chart) {
  const { data, layout } = chart.figure;
  const told = data.filter((trace) => trace.showlegend !== false && trace.type !== "heatmap");
  chart.legend.replaceChildren();
  const wanted = layout.showlegend ?? (told.length > 1 || told.some((trace) => trace.showlegend));
  chart.legend.hidden = !wanted || !told.length;
  if (chart.legend.hidden) return;
  for (const trace of told) {
    const button = document.createElement("button");
    button.setAttribute("aria-pressed", !trace.hidden);
    button.title = "Hide or show";
    const sample = make(button, "svg", { width: 26, height: 12, "aria-hidden": true });
    swatch(sample, trace);
    spell(button.appendChild(document.createElement("span")), trace.name);
    button.onclick = () => {
      trace.hidden = !trace.hidden;
      button.setAttribute("aria-pressed", !trace.hidden);
      paint(chart);
    };
    chart.legend.append(button);
  }
}

function swatch(parent, trace) {
  const [line, marker] = [trace.line ?? {}, trace.marker ?? {}];
  if (trace.type === "bar") return make(parent, "rect", { x: 5, y: 1, width: 14, height: 10, fill: each(marker.color, 0) ?? trace.tone });
  if (trace.fill === "toself") make(parent, "rect", { x: 2, y: 1, width: 22, height: 10, fill: trace.fillcolor ?? trace.tone });
  if (trace.mode.includes("lines") && line.width !== 0) {
    make(parent, "line", { x1: 1, x2: 25, y1: 6, y2: 6, stroke: line.color ?? trace.tone, "stroke-width": line.width ?? 2, ...dashed(line) });
  }
  const colour = each(marker.color, 0);
  if (trace.mode.includes("markers")) spot(parent, [13, 6], Math.min(5.5 - (each(marker.line?.width, 0) ?? 0) / 2, (each(marker.size, 0) ?? 6) / 2), typeof colour === "string" ? colour : trace.tone, marker, 0);
  return null;
}
