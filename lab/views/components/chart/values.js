// A figure as plotly writes it: numbers packed in base64, one value for all or one for each, templates with formats.

const ARRAYS = {
  i1: Int8Array, u1: Uint8Array, i2: Int16Array, u2: Uint16Array,
  i4: Int32Array, u4: Uint32Array, f4: Float32Array, f8: Float64Array,
};

// The same tree with plain lists in place of packed numbers.
function unpacked(value) {
  if (Array.isArray(value)) return value.map(unpacked);
  if (!value || typeof value !== "object") return value;
  if (value.bdata === undefined) return Object.fromEntries(Object.entries(value).map(([name, own]) => [name, unpacked(own)]));
  const bytes = Uint8Array.from(atob(value.bdata), (letter) => letter.charCodeAt(0));
  const sizes = String(value.shape ?? "").split(",").slice(1).map(Number).reverse();
  return sizes.reduce(inRows, Array.from(new ARRAYS[value.dtype](bytes.buffer)));
}

function inRows(list, size) {
  return Array.from({ length: list.length / size }, (_, row) => list.slice(row * size, (row + 1) * size));
}

const each = (value, index) => (Array.isArray(value) ? value[index] : value);
const known = (value) => value !== null && value !== undefined && !Number.isNaN(value);
const between = (value, low, high) => Math.min(high, Math.max(low, value));

// A number in a format of d3: sign, thousands, digits and one of d e f g %.
function formatted(value, format) {
  const asked = /^(\+?)(,?)(?:\.(\d+))?([defg%]?)$/.exec(format);
  if (!asked || typeof value !== "number") return written(value);
  const [, sign, comma, digits, kind] = asked;
  const many = digits === undefined ? 6 : Number(digits);
  const text = {
    d: () => String(Math.round(value)),
    e: () => value.toExponential(many),
    f: () => value.toFixed(many),
    "%": () => `${(100 * value).toFixed(many)}%`,
  }[kind]?.() ?? value.toPrecision(many || 1);
  const [whole, ...rest] = text.split(".");
  const spaced = comma ? whole.replace(/\B(?=(\d{3})+$)/g, ",") : whole;
  return (sign && value >= 0 ? "+" : "") + [spaced, ...rest].join(".").replace(/-/g, "−");
}

// A value as one reads it: six digits at most.
function written(value) {
  if (typeof value !== "number") return known(value) ? String(value) : "";
  const size = Math.abs(value);
  if (size && (size < 1e-4 || size >= 1e9)) return value.toExponential(2).replace(/-/g, "−");
  return value.toLocaleString("en", { maximumSignificantDigits: 6 }).replace("-", "−");
}

// `%{customdata[0]:.2f}` and its like, filled with what is known of a point.
function filled(template, point) {
  return template.replace(/%\{([\w.[\]]+)(?::([^}]*))?\}/g, (_, path, format) => {
    const value = path.replaceAll("]", "").split(/[.[]/).reduce((inner, name) => inner?.[name], point);
    return format ? formatted(value, format) : written(value);
  });
}

// A colour as red, green, blue; the scales of the house are written #rrggbb.
const channels = (colour) => [1, 3, 5].map((place) => parseInt(colour.slice(place, place + 2), 16));

// The colour of a share in 0..1 on a scale of [place, colour].
function toned(scale, share) {
  const above = between(scale.findIndex(([place]) => place >= share), 1, scale.length - 1);
  const [[start, from], [end, to]] = [scale[above - 1], scale[above]];
  const part = end > start ? between((share - start) / (end - start), 0, 1) : 1;
  const [a, b] = [channels(from), channels(to)];
  return a.map((value, index) => Math.round(value + part * (b[index] - value)));
}

// How numbers become colours: `{low, high, scale}` of a heat map or of markers.
function scaleOf(source, numbers, low, high) {
  const real = numbers.filter(known);
  const least = low ?? real.reduce((a, b) => Math.min(a, b), Infinity);
  const most = high ?? real.reduce((a, b) => Math.max(a, b), -Infinity);
  return { low: least, high: most > least ? most : least + 1, scale: source.colorscale };
}

const shade = ({ low, high, scale }, value) => toned(scale, between((value - low) / (high - low), 0, 1));
