// Axes: what they measure, from where to where, their ticks, and where they lie.

const PAD = 0.055; // of the span, beyond marks
const WORDS = 60; // pixels that an axis may lose to words, for a first guess of its length
const NEAR_ZERO = 1e-9;

function axesOf({ figure, width, height }) {
  const { data, layout } = figure;
  const ids = new Set(data.flatMap((trace) => [trace.xaxis ?? "x", trace.yaxis ?? "y"]));
  for (const key of Object.keys(layout)) if (/^[xy]axis\d*$/.test(key)) ids.add(key.replace("axis", ""));
  const axes = new Map();
  for (const id of ids) {
    const spec = layout[`${id[0]}axis${id.slice(1)}`] ?? {};
    const [x, other] = [id[0] === "x", id[0] === "x" ? "y" : "x"];
    const traces = data.filter((trace) => (trace[x ? "xaxis" : "yaxis"] ?? id[0]) === id);
    const length = (x ? width : height) - WORDS;
    const axis = { id, x, spec, traces, length, domain: spec.domain ?? [0, 1], anchor: spec.anchor ?? other + id.slice(1) };
    axes.set(id, Object.assign(axis, kindOf(axis)));
  }
  for (const axis of axes.values()) axis.range = rangeOf(axis, figure);
  for (const axis of axes.values()) {
    const like = axes.get(axis.spec.matches);
    if (!like || axis.spec.range) continue;
    const both = [like.range, axis.range];
    const joined = [Math.min(...both.map(([low]) => low)), Math.max(...both.map(([, high]) => high))];
    for (const one of axes.values()) if (one === like || one.spec.matches === like.id) one.range = joined;
  }
  return axes;
}

function kindOf({ x, spec, traces }) {
  const values = traces.flatMap((trace) => trace[x ? "x" : "y"]);
  const words = values.some((value) => typeof value === "string" && (value.trim() === "" || Number.isNaN(Number(value))));
  const kind = spec.type === "category" || (!spec.type && words) ? "category" : spec.type === "log" ? "log" : "linear";
  const names = kind === "category" ? [...new Set([...(spec.categoryarray ?? []), ...values.filter(known)].map(String))] : [];
  return { kind, names, order: new Map(names.map((name, index) => [name, index])) };
}

// A value as a number along the axis: its own, its logarithm, or the place of its category.
function coordinate(axis, value) {
  if (!known(value)) return NaN;
  if (axis.kind === "category") return axis.order.get(String(value)) ?? Number(value);
  return axis.kind === "log" ? Math.log10(value) : Number(value);
}

const pixel = (axis, at) => axis.from + ((at - axis.range[0]) / (axis.range[1] - axis.range[0])) * (axis.to - axis.from);
const place = (axis, value) => pixel(axis, coordinate(axis, value));

function rangeOf(axis, figure) {
  const { spec } = axis;
  if (spec.range) return spec.range;
  const stretches = axis.traces.filter((trace) => !trace.hidden).flatMap((trace) => stretchesOf(trace, axis, figure.data));
  const shown = Object.fromEntries(["shapes", "annotations"].map((kind) => [kind, figure.layout[kind] ?? []]));
  const name = axis.x ? "x" : "y";
  for (const shape of shown.shapes) {
    if ((shape[`${name}ref`] ?? name) !== axis.id) continue;
    stretches.push({ values: [coordinate(axis, shape[`${name}0`]), coordinate(axis, shape[`${name}1`])] });
  }
  for (const words of shown.annotations) {
    if ((words[`${name}ref`] ?? name) === axis.id) stretches.push({ values: [words[name]], pad: true });
  }
  const real = stretches.map((one) => ({ ...one, values: one.values.filter(Number.isFinite) })).filter((one) => one.values.length);
  if (!real.length) return [0, 1];
  const ends = real.map(({ values, pad, zero, radius = 0 }) => {
    const inside = zero ? [0, ...values] : values;
    const beyond = pad ? PAD + radius / axis.length : 0;
    return [inside.reduce((a, b) => Math.min(a, b)), inside.reduce((a, b) => Math.max(a, b)), beyond, zero];
  });
  const least = Math.min(...ends.map(([low]) => low));
  const most = Math.max(...ends.map(([, high]) => high));
  const room = (beyond) => (most > least ? beyond * (most - least) : Math.sign(beyond));
  const zero = spec.rangemode === "tozero";
  let low = Math.min(...ends.map(([own, , beyond, rests]) => ((rests || zero) && own >= 0 ? own : own - room(beyond))));
  let high = Math.max(...ends.map(([, own, beyond, rests]) => ((rests || zero) && own <= 0 ? own : own + room(beyond))));
  if (zero) [low, high] = [Math.min(0, low), Math.max(0, high)];
  if (low === high) high = low + 1;
  return spec.autorange === "reversed" ? [high, low] : [low, high];
}

// What a trace takes of an axis: values, whether room is left beyond them, whether it stands on zero.
function stretchesOf(trace, axis, data) {
  const values = trace[axis.x ? "x" : "y"].map((value) => coordinate(axis, value));
  if (trace.type === "heatmap") return [{ values: edgesOf(values) }];
  if (trace.type === "bar") {
    const along = (trace.orientation === "h") !== axis.x;
    const half = slotOf(axis, data) / 2;
    if (along) return [{ values: values.flatMap((value) => [value - half, value + half]) }];
    const error = (trace[axis.x ? "error_x" : "error_y"]?.array ?? []).map((size, index) => values[index] + size);
    return [{ values: [...values, ...error], pad: true, zero: true }];
  }
  const bare = !/markers|text/.test(trace.mode);
  const sizes = [trace.marker?.size ?? 6].flat();
  const radius = bare ? 0 : Math.max(...sizes) / 2;
  const tight = axis.x && (bare || trace.fill === "tozeroy");
  return [{ values, radius, pad: !tight, zero: trace.fill === "tozeroy" && !axis.x }];
}

// Distance between neighbouring bars.
function slotOf(axis, data) {
  const bars = axis.traces.filter((trace) => trace.type === "bar" && data.includes(trace));
  const places = bars.flatMap((trace) => trace[axis.x ? "x" : "y"]).map((value) => coordinate(axis, value));
  const sorted = [...new Set(places.filter(Number.isFinite))].sort((a, b) => a - b);
  const apart = sorted.slice(1).map((value, index) => value - sorted[index]);
  return apart.length ? Math.min(...apart) : 1;
}

// Edges of cells around their centres.
function edgesOf(centres) {
  if (centres.length < 2) return [centres[0] - 0.5, centres[0] + 0.5];
  const middles = centres.slice(1).map((value, index) => (value + centres[index]) / 2);
  return [2 * centres[0] - middles[0], ...middles, 2 * centres.at(-1) - middles.at(-1)];
}

// Equal units in both directions, where the figure asks for them: one axis shows more, or takes less of the room.
function even(axes) {
  for (const axis of axes.values()) {
    const other = axes.get(axis.spec.scaleanchor);
    if (!other) continue;
    const unit = ({ range, from, to }) => Math.abs((to - from) / (range[1] - range[0]));
    const least = Math.min(unit(axis), unit(other));
    for (const one of [axis, other]) {
      const share = least / unit(one);
      if (share > 1 - 1e-9) continue;
      if (one.spec.constrain === "domain") shrink(one, share);
      else widen(one, 1 / share);
    }
  }
}

function shrink(axis, share) {
  const toward = axis.spec.constraintoward;
  const anchor = { left: axis.from, bottom: axis.from, right: axis.to, top: axis.to }[toward] ?? (axis.from + axis.to) / 2;
  [axis.from, axis.to] = [axis.from, axis.to].map((end) => anchor + share * (end - anchor));
}

function widen(axis, times) {
  const middle = (axis.range[0] + axis.range[1]) / 2;
  axis.range = axis.range.map((end) => middle + times * (end - middle));
}
