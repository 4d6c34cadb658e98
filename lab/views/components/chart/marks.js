// Marks of the traces: lines, areas, points, words, bars, cells.

const SIDE = Math.sqrt(0.5);
// Shapes of points within a circle of radius 1.
const SHAPES = {
  square: "M-.88-.88H.88V.88H-.88Z",
  diamond: "M1.3 0L0 1.3L-1.3 0L0-1.3Z",
  star: "M0-1.4L.33-.45L1.33-.43L.53.17L.82 1.13L0 .56L-.82 1.13L-.53.17L-1.33-.43L-.33-.45Z",
  "triangle-right": "M-.58-1L1.15 0L-.58 1Z",
  "line-ns": "M0-1.4V1.4",
  "cross-thin": "M0-1.4V1.4M-1.4 0H1.4",
};
const CELLS_MOST = 2500; // cells that are drawn one by one; more are a picture
const DASHES = { dot: [1], dash: [3], dashdot: [3, 1, 1, 1] }; // in widths

function dashed(line) {
  const unit = Math.max(line?.width ?? 2, 3);
  return DASHES[line?.dash] ? { "stroke-dasharray": DASHES[line.dash].map((part) => part * unit).join(" ") } : {};
}

// Heat below bars below lines, as in the order of the traces within each.
const ORDER = ["heatmap", "bar", "scatter"];

function traces(chart, parent) {
  const data = chart.figure.data.filter((trace) => !trace.hidden);
  for (const type of ORDER) for (const trace of data) if (trace.type === type) PAINT[type](chart, parent, trace);
}

const axesFor = (chart, trace) => [chart.axes.get(trace.xaxis ?? "x"), chart.axes.get(trace.yaxis ?? "y")];

// A group that ends where its axes end.
function clipped(chart, parent, x, y) {
  const name = `${chart.name}-clip-${x.id}-${y.id}`;
  if (!chart.svg.querySelector(`#${name}`)) {
    const path = make(parent, "clipPath", { id: name });
    make(path, "rect", { x: Math.min(x.from, x.to), y: Math.min(y.from, y.to), width: Math.abs(x.to - x.from), height: Math.abs(y.to - y.from) });
  }
  return make(parent, "g", { "clip-path": `url(#${name})` });
}

function within(x, y, [across, down]) {
  const room = 0.6;
  const inside = (axis, spot) => spot >= Math.min(axis.from, axis.to) - room && spot <= Math.max(axis.from, axis.to) + room;
  return inside(x, across) && inside(y, down);
}

// A path of points with gaps where there is none; `close` joins each piece to its beginning.
function trail(points, close = false, stairs = false) {
  const [steps, end] = [[], close ? "Z" : ""];
  let last = null;
  for (const [x, y] of points) {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      if (last) steps.push(end);
      last = null;
      continue;
    }
    if (!last) steps.push(`M${x.toFixed(2)} ${y.toFixed(2)}`);
    else if (stairs) steps.push(`H${((last[0] + x) / 2).toFixed(2)}V${y.toFixed(2)}H${x.toFixed(2)}`);
    else steps.push(`L${x.toFixed(2)} ${y.toFixed(2)}`);
    last = [x, y];
  }
  return steps.join("") + (last ? end : "");
}

function paintScatter(chart, parent, trace) {
  const [x, y] = axesFor(chart, trace);
  const points = trace.x.map((value, index) => [place(x, value), place(y, trace.y[index])]);
  const inside = clipped(chart, parent, x, y);
  const faded = trace.opacity === undefined ? {} : { opacity: trace.opacity };
  const [line, marker] = [trace.line ?? {}, trace.marker ?? {}];
  if (points.length && (trace.fill === "toself" || trace.fill === "tozeroy")) {
    const floor = y.kind === "log" ? y.from : pixel(y, 0);
    const outline = trace.fill === "toself" ? points : [[points[0][0], floor], ...points, [points.at(-1)[0], floor]];
    const own = trace.fillcolor ? { fill: trace.fillcolor } : { fill: trace.tone, "fill-opacity": 0.5 };
    make(inside, "path", { d: trail(outline, true), ...own, ...faded });
  }
  if (trace.mode.includes("lines") && line.width !== 0) {
    const look = { fill: "none", stroke: line.color ?? trace.tone, "stroke-width": line.width ?? 2, "stroke-linejoin": "round" };
    make(inside, "path", { d: trail(points, trace.fill === "toself", line.shape === "hvh"), ...look, ...dashed(line), ...faded });
  }
  const group = make(parent, "g", faded);
  const shades = typeof each(marker.color, 0) === "number" ? scaleOf(marker, marker.color, marker.cmin, marker.cmax) : null;
  points.forEach((point, index) => {
    if (!point.every(Number.isFinite) || (!within(x, y, point) && trace.cliponaxis !== false)) return;
    const colour = shades ? `rgb(${shade(shades, marker.color[index])})` : each(marker.color, index) ?? trace.tone;
    const radius = (each(marker.size, index) ?? 6) / 2;
    if (trace.mode.includes("markers")) spot(group, point, radius, colour, marker, index);
    if (trace.mode.includes("text")) word(chart, group, trace, point, index, trace.mode.includes("markers") ? radius : 0);
    if (trace.hoverinfo !== "skip") chart.targets.push({ trace, index, x: point[0], y: point[1], colour, shown: marker.color && { color: each(marker.color, index) } });
  });
}

function spot(parent, [x, y], radius, colour, marker, index) {
  const [, kind, open] = /^([\w-]+?)(-open)?$/.exec(each(marker.symbol, index) ?? "circle");
  const edge = open ? marker.line?.width ?? 1 : each(marker.line?.width, index) ?? 0;
  const look = { fill: open ? "none" : colour, stroke: open ? colour : each(marker.line?.color, index) ?? "none", "stroke-width": edge };
  if (marker.opacity !== undefined) look.opacity = marker.opacity;
  if (kind === "circle") return make(parent, "circle", { cx: x.toFixed(2), cy: y.toFixed(2), r: radius, ...look });
  const turned = `translate(${x.toFixed(2)} ${y.toFixed(2)}) scale(${radius})`;
  return make(parent, "path", { d: SHAPES[kind], transform: turned, "vector-effect": "non-scaling-stroke", ...look });
}

function word(chart, parent, trace, [x, y], index, radius) {
  const text = each(trace.text, index);
  if (!text) return;
  const [down, across] = (each(trace.textposition, index) ?? "middle center").split(" ");
  const size = trace.textfont?.size ?? chart.small;
  const apart = across === "center" ? 0 : radius * SIDE + 3;
  letter(parent, text, {
    x: x + (across === "left" ? -apart : apart),
    y: y + { top: -radius - 2, bottom: radius + 2, middle: 0 }[down],
    anchor: { left: "end", right: "start", center: "middle" }[across],
    base: { top: "bottom", bottom: "top", middle: "middle" }[down],
    size,
    colour: trace.textfont?.color ?? chart.ink,
  });
}

function paintBar(chart, parent, trace) {
  const [x, y] = axesFor(chart, trace);
  const flat = trace.orientation === "h";
  const [along, across] = flat ? [y, x] : [x, y];
  const { layout, data } = chart.figure;
  const beside = data.filter((one) => one.type === "bar" && !one.hidden && (one.xaxis ?? "x") === x.id && (one.yaxis ?? "y") === y.id);
  const grouped = (layout.barmode ?? "group") === "group";
  const width = (slotOf(along, data) * (1 - (layout.bargap ?? 0.2))) / (grouped ? beside.length : 1);
  const start = grouped ? (beside.indexOf(trace) - (beside.length - 1) / 2) * width : 0;
  const inside = clipped(chart, parent, x, y);
  const error = trace[flat ? "error_x" : "error_y"];
  (flat ? trace.y : trace.x).forEach((value, index) => {
    const size = coordinate(across, (flat ? trace.x : trace.y)[index]);
    const centre = coordinate(along, value) + start;
    if (!Number.isFinite(size) || !Number.isFinite(centre)) return;
    const [a, b] = [pixel(along, centre - width / 2), pixel(along, centre + width / 2)];
    const [zero, end] = [pixel(across, 0), pixel(across, size)];
    const box = { near: Math.min(a, b), far: Math.max(a, b), low: Math.min(zero, end), high: Math.max(zero, end) };
    const [left, right, top, bottom] = flat ? [box.low, box.high, box.near, box.far] : [box.near, box.far, box.low, box.high];
    const colour = each(trace.marker?.color, index) ?? trace.tone;
    make(inside, "rect", { x: left, y: top, width: Math.max(0.8, right - left), height: bottom - top, fill: colour });
    if (trace.hoverinfo !== "skip") chart.targets.push({ trace, index, box: [left, top, right, bottom], x: flat ? end : (a + b) / 2, y: flat ? (a + b) / 2 : end, colour });
    if (error?.array) whisker(inside, flat, (a + b) / 2, pixel(across, size - error.array[index]), pixel(across, size + error.array[index]), error);
    if (trace.textposition !== "outside") return;
    const beyond = flat ? { x: right + 4, y: (top + bottom) / 2, anchor: "start" } : { x: (left + right) / 2, y: top - 2, base: "bottom" };
    letter(parent, each(trace.text, index), { ...beyond, size: chart.small, colour: chart.ink });
  });
}

function whisker(parent, flat, middle, from, to, { color, thickness, width }) {
  const d = flat
    ? `M${from} ${middle}H${to}M${from} ${middle - width}v${2 * width}M${to} ${middle - width}v${2 * width}`
    : `M${middle} ${from}V${to}M${middle - width} ${from}h${2 * width}M${middle - width} ${to}h${2 * width}`;
  make(parent, "path", { d, stroke: color, "stroke-width": thickness, fill: "none" });
}

function paintHeat(chart, parent, trace) {
  const [x, y] = axesFor(chart, trace);
  const inside = clipped(chart, parent, x, y);
  const range = scaleOf(trace, trace.z.flat(), trace.zmin, trace.zmax);
  const spots = (axis, values) => edgesOf(values.map((value) => coordinate(axis, value))).map((edge) => pixel(axis, edge));
  const [across, down] = [spots(x, trace.x), spots(y, trace.y)];
  const cells = trace.z.length * (trace.z[0]?.length ?? 0);
  if (cells > CELLS_MOST && !trace.xgap) {
    const flip = `translate(${across[0]} ${down[0]}) scale(${(across.at(-1) - across[0]) / trace.x.length} ${(down.at(-1) - down[0]) / trace.y.length})`;
    const size = { width: trace.x.length, height: trace.y.length, preserveAspectRatio: "none", transform: flip };
    make(inside, "image", { href: raster(trace.z, range), ...size, style: "image-rendering: pixelated" });
  } else {
    const group = make(inside, "g", { "shape-rendering": trace.xgap ? "auto" : "crispEdges" });
    trace.z.forEach((row, i) => row.forEach((value, j) => {
      if (!known(value)) return;
      const [left, right] = [across[j], across[j + 1]].sort((a, b) => a - b);
      const [top, bottom] = [down[i], down[i + 1]].sort((a, b) => a - b);
      const [wide, high] = [trace.xgap ?? 0, trace.ygap ?? 0];
      const box = { x: left + wide / 2, y: top + high / 2, width: Math.max(0, right - left - wide), height: Math.max(0, bottom - top - high) };
      make(group, "rect", { ...box, fill: `rgb(${shade(range, value)})` });
    }));
  }
  if (trace.hoverinfo !== "skip") chart.heats.push({ trace, across, down, range });
}

function raster(rows, range) {
  const canvas = Object.assign(document.createElement("canvas"), { width: rows[0].length, height: rows.length });
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  rows.flat().forEach((value, index) => {
    if (known(value)) image.data.set([...shade(range, value), 255], 4 * index);
  });
  context.putImageData(image, 0, 0);
  return canvas.toDataURL();
}

const PAINT = { scatter: paintScatter, bar: paintBar, heatmap: paintHeat };
