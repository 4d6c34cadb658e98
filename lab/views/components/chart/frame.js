// The frame of a chart: room for the words around it, grids, ticks, titles of axes.

const AIR = 6; // pixels between the frame and its words
const BESIDE = 14; // pixels between the frame and a colour bar

// Lay the axes out: margins grow until ticks, titles and colour bars have room.
function frame(chart) {
  const { layout } = chart.figure;
  const asked = layout.margin;
  chart.axes = axesOf(chart);
  const ranges = new Map([...chart.axes.values()].map((axis) => [axis, axis.range]));
  let margin = { ...asked, t: Math.max(asked.t, chart.legendHeight) };
  for (let pass = 0; pass < 3; pass++) {
    chart.area = { left: margin.l, top: margin.t, right: chart.width - margin.r, bottom: chart.height - margin.b };
    const { left, top, right, bottom } = chart.area;
    for (const axis of chart.axes.values()) {
      axis.range = ranges.get(axis);
      const [from, to] = axis.domain;
      axis.from = axis.x ? left + from * (right - left) : bottom - from * (bottom - top);
      axis.to = axis.x ? left + to * (right - left) : bottom - to * (bottom - top);
    }
    even(chart.axes);
    for (const axis of chart.axes.values()) axis.ticks = ticksOf(axis, tickSize(chart, axis), chart.family);
    margin = grown(chart, asked);
  }
}

const tickSize = (chart, axis) => axis.spec.tickfont?.size ?? chart.small;
const titleOf = (axis) => axis.spec.title?.text;
const seen = (axis) => axis.spec.visible !== false;

function grown(chart, asked) {
  const margin = { ...asked, t: Math.max(asked.t, chart.legendHeight) };
  for (const axis of chart.axes.values()) {
    if (!seen(axis) || axis.spec.automargin === false) continue;
    const size = chart.size;
    const titled = titleOf(axis) ? LINE * size + AIR : 0;
    const sizes = axis.spec.showticklabels === false ? [] : axis.ticks.found.map(({ text }) => measured(text, tickSize(chart, axis), chart.family));
    const wide = Math.max(0, ...sizes.map(([width]) => width));
    const across = chart.axes.get(axis.anchor);
    if (across && across.domain[0] > 0.02) continue;
    if (!axis.x) margin.l = Math.max(margin.l, wide + AIR + titled + 2);
    else {
      const high = { 0: LINE * tickSize(chart, axis), [-40]: 0.65 * wide + tickSize(chart, axis), [-90]: wide }[axis.ticks.turn];
      margin.b = Math.max(margin.b, (sizes.length ? high + AIR : AIR) + titled);
      const last = axis.ticks.found.at(-1);
      if (last && sizes.length) margin.r = Math.max(margin.r, pixel(axis, last.at) + sizes.at(-1)[0] / 2 + 2 - chart.area.right);
    }
  }
  for (const { spec, stops } of barsOf(chart)) if (spec.orientation !== "h") margin.r = Math.max(margin.r, barWidth(chart, spec, stops));
  return margin;
}

function rule(chart, parent, axis, at, colour, width) {
  const across = chart.axes.get(axis.anchor);
  if (!across) return;
  const spot = Math.round(pixel(axis, at)) + 0.5;
  const ends = axis.x ? { x1: spot, x2: spot, y1: across.from, y2: across.to } : { x1: across.from, x2: across.to, y1: spot, y2: spot };
  make(parent, "line", { ...ends, stroke: colour, "stroke-width": width });
}

function grids(chart, parent) {
  for (const axis of chart.axes.values()) {
    if (!seen(axis)) continue;
    const { spec } = axis;
    const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
    if (spec.showgrid !== false && axis.kind !== "category") {
      for (const { at } of axis.ticks.found) rule(chart, parent, axis, at, spec.gridcolor, spec.gridwidth ?? 1);
    }
    if (spec.zeroline !== false && axis.kind === "linear" && low <= 0 && high >= 0) rule(chart, parent, axis, 0, spec.zerolinecolor, 1);
  }
}

function scales(chart, parent) {
  for (const axis of chart.axes.values()) {
    const across = chart.axes.get(axis.anchor);
    if (!seen(axis) || !across) continue;
    const group = make(parent, "g", { class: `axis ${axis.id}` });
    const size = tickSize(chart, axis);
    const { found, turn } = axis.ticks;
    const words = axis.spec.showticklabels === false ? [] : found;
    const colour = axis.spec.tickfont?.color;
    let room = 0;
    for (const { at, text } of words) {
      const spot = pixel(axis, at);
      const own = axis.x
        ? { x: spot, y: across.from + AIR, anchor: turn ? "end" : "middle", base: turn ? "middle" : "top", turn }
        : { x: across.from - AIR, y: spot, anchor: "end", base: "middle" };
      letter(group, text, { ...own, size, colour });
      const [wide] = measured(text, size, chart.family);
      room = Math.max(room, axis.x ? (turn === -90 ? wide : turn ? 0.65 * wide + size : LINE * size) : wide);
    }
    if (!titleOf(axis)) continue;
    const middle = (axis.from + axis.to) / 2;
    const type = { size: axis.spec.title.font?.size ?? chart.size, colour: axis.spec.title.font?.color ?? chart.ink };
    const beyond = across.from + (axis.x ? 1 : -1) * (room + 2 * AIR);
    if (axis.x) letter(group, titleOf(axis), { x: middle, y: beyond - AIR / 2, base: "top", ...type });
    else letter(group, titleOf(axis), { x: beyond, y: middle, base: "bottom", turn: -90, ...type });
  }
}

// Colour bars: what asks for one, with its scale.
function barsOf(chart) {
  return chart.figure.data.flatMap((trace) => {
    const heat = trace.type === "heatmap";
    const source = heat ? trace : trace.marker;
    const shown = heat ? trace.showscale !== false : source?.showscale ?? Boolean(source?.colorbar);
    if (!shown || !source.colorscale || trace.hidden) return [];
    const range = heat ? scaleOf(trace, trace.z.flat(), trace.zmin, trace.zmax) : scaleOf(source, source.color, source.cmin, source.cmax);
    const spec = source.colorbar ?? {};
    const axis = { x: spec.orientation === "h", kind: "linear", spec, from: 0, to: spec.orientation === "h" ? 300 : 220, range: [range.low, range.high] };
    return [{ spec, range, stops: labelled(axis, range.low, range.high, 6).filter(({ at }) => at >= range.low - 1e-9 && at <= range.high + 1e-9) }];
  });
}

function barWidth(chart, spec, stops) {
  const wide = Math.max(0, ...stops.map(({ text }) => measured(text, chart.small, chart.family)[0]));
  const title = spec.title?.text ? (spec.title.side === "right" ? LINE * chart.small : Math.max(0, measured(spec.title.text, chart.small, chart.family)[0] - wide - spec.thickness)) : 0;
  return BESIDE + spec.thickness + AIR + wide + title + AIR;
}

function colourBars(chart, parent) {
  const { left, top, right, bottom } = chart.area;
  for (const { spec, range, stops } of barsOf(chart)) {
    const flat = spec.orientation === "h";
    const name = `${chart.name}-scale-${chart.parts++}`;
    const gradient = make(parent, "linearGradient", { id: name, x1: 0, x2: flat ? 1 : 0, y1: flat ? 0 : 1, y2: 0 });
    for (const [offset, colour] of range.scale) make(gradient, "stop", { offset, "stop-color": colour });
    const whole = flat ? right - left : bottom - top - (spec.title?.side === "right" || !spec.title ? 0 : LINE * chart.small);
    const length = (spec.len ?? 1) * whole;
    const box = flat
      ? { x: (left + right - length) / 2, y: bottom - spec.y * (bottom - top), width: length, height: spec.thickness }
      : { x: right + BESIDE, y: bottom - (whole + length) / 2, width: spec.thickness, height: length };
    make(parent, "rect", { ...box, fill: `url(#${name})` });
    const type = { size: chart.small, colour: chart.figure.layout.xaxis?.tickfont?.color ?? chart.ink };
    for (const { at, text } of stops) {
      const share = (at - range.low) / (range.high - range.low);
      if (flat) letter(parent, text, { x: box.x + share * length, y: box.y + box.height + 2, base: "top", ...type });
      else letter(parent, text, { x: box.x + box.width + AIR, y: box.y + (1 - share) * length, anchor: "start", ...type });
    }
    if (!spec.title?.text) continue;
    const told = { size: chart.small + 1, colour: chart.ink };
    if (flat) letter(parent, spec.title.text, { x: box.x + length / 2, y: box.y + box.height + LINE * chart.small + 4, base: "top", ...told });
    else if (spec.title.side === "right") letter(parent, spec.title.text, { x: chart.width - chart.small, y: box.y + length / 2, turn: 90, ...told });
    else letter(parent, spec.title.text, { x: box.x, y: box.y - AIR, anchor: "start", base: "bottom", ...told });
  }
}
