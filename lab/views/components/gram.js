// The Gram matrix, its approximation and their difference as maps, the samples on their first two axes, and what is lost.
// Drag a box in the scatter plot or over a map: the same samples light up in all of them, at once. Escape puts them out.

const shows = new WeakMap();
const STILL = 4; // pixels within which a drag is a click
const NEAR = 12; // pixels from the pointer to a sample it means
const FRAME = { left: 52, right: 10, top: 12, bottom: 44 };

// G and G_k in the order of the maps, from the scores.
function multiply(data) {
  const rows = data.order.map((index) => data.scores[index]);
  const size = rows.length;
  const [whole, kept] = [new Float64Array(size * size), new Float64Array(size * size)];
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let [sum, first] = [0, 0];
      for (let axis = 0; axis < rows[i].length; axis++) {
        sum += rows[i][axis] * rows[j][axis];
        if (axis < data.k) first = sum;
      }
      whole[i * size + j] = whole[j * size + i] = sum;
      kept[i * size + j] = kept[j * size + i] = first;
    }
  }
  return [whole, kept, whole.map((value, at) => value - kept[at])];
}

// 256 colours from the least to the most.
function ramp(stops) {
  const parsed = stops.map((stop) => [1, 3, 5].map((at) => parseInt(stop.slice(at, at + 2), 16)));
  return Array.from({ length: 256 }, (_, level) => {
    const place = (level / 255) * (stops.length - 1);
    const low = Math.min(stops.length - 2, Math.floor(place));
    return parsed[low].map((value, part) => value + (place - low) * (parsed[low + 1][part] - value));
  });
}

function colour(show) {
  const { data, canvases, products } = show;
  const [size, shades] = [data.order.length, ramp(data.divergence)];
  canvases.forEach((canvas, place) => {
    Object.assign(canvas, { width: size, height: size });
    const most = data.reach / (place === 2 ? data.strength : 1);
    const image = new ImageData(size, size);
    products[place].forEach((value, at) => {
      const level = Math.round((Math.max(-1, Math.min(1, value / most)) + 1) * 127.5);
      image.data.set(shades[level], 4 * at);
      image.data[4 * at + 3] = 255;
    });
    canvas.getContext("2d").putImageData(image, 0, 0);
  });
}

function name(show) {
  const { svg, box } = show.maps;
  svg.replaceChildren();
  const { k, strength } = show.data;
  const around = box.getBoundingClientRect();
  show.canvases.forEach((canvas, place) => {
    const seen = canvas.getBoundingClientRect();
    const x = seen.left - around.left + seen.width / 2;
    const text = make(svg, "text", { class: "title", x, y: 17, "text-anchor": "middle", "font-style": "italic" });
    make(text, "tspan", {}, ["G", "G", "G − G"][place]);
    if (place) make(text, "tspan", { dy: 4, "font-size": 11 }, k);
    if (place === 2 && strength > 1) make(text, "tspan", { dy: -4 }, ` × ${strength}`);
  });
  if (!show.lit) return;
  const first = show.canvases[0].getBoundingClientRect();
  const [left, top, tall] = [first.left - around.left, first.top - around.top, first.height / show.data.order.length];
  const ticks = { x: left - 7, width: 5, height: Math.max(tall, 1), fill: show.data.colours.accent };
  show.data.order.forEach((index, place) => show.lit.has(index) && make(svg, "rect", { ...ticks, y: top + place * tall }));
}

// A plane with grid lines and numbers: pixels of a place, and what lies under a pixel.
function plane(panel, [x0, x1], [y0, y1], told, line, { across, up, across_name, up_name }) {
  const { svg } = panel;
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  const { left, right, top, bottom } = FRAME;
  const at = (x, y) => [
    left + ((width - left - right) * (x - x0)) / (x1 - x0),
    height - bottom - ((height - top - bottom) * (y - y0)) / (y1 - y0),
  ];
  svg.replaceChildren();
  for (const value of across) {
    const [x, y] = at(value, y0);
    make(svg, "line", { x1: x, x2: x, y1: y, y2: top, stroke: line });
    make(svg, "text", { x, y: y + 17, "text-anchor": "middle" }, told(value, "x"));
  }
  for (const value of up) {
    const [x, y] = at(x0, value);
    make(svg, "line", { x1: x, x2: width - right, y1: y, y2: y, stroke: line });
    make(svg, "text", { x: x - 6, y: y + 4, "text-anchor": "end" }, told(value, "y"));
  }
  make(svg, "text", { class: "title", x: left + (width - left - right) / 2, y: height - 6, "text-anchor": "middle" }, across_name);
  const [x, y] = [12, top + (height - top - bottom) / 2];
  make(svg, "text", { class: "title", x, y, "text-anchor": "middle", transform: `rotate(-90 ${x} ${y})` }, up_name);
  return at;
}

function lines(low, high, most) {
  const step = stride(high - low, most);
  const first = Math.ceil(low / step);
  return Array.from({ length: Math.floor(high / step) - first + 1 }, (_, index) => (first + index) * step);
}

const short = (value) => String(Number(value.toPrecision(3))).replace("-", "−");

function scatter(show) {
  const { data } = show;
  const range = (axis) => {
    const values = data.scores.map((row) => row[axis]);
    const [low, high] = [Math.min(...values), Math.max(...values)];
    const room = 0.06 * (high - low) || 0.5;
    return [low - room, high + room];
  };
  const [across, up] = [range(0), range(1)];
  const names = { across_name: "axis 1", up_name: "axis 2" };
  const grid = { across: lines(...across, 6), up: lines(...up, 6), ...names };
  const at = plane(show.scatter, across, up, short, data.colours.line, grid);
  show.scatter.places = data.scores.map(([x, y]) => at(x, y));
  show.scatter.marks = show.scatter.places.map(([cx, cy], index) =>
    make(show.scatter.svg, "circle", { cx, cy, r: 3.6, fill: data.groups[data.group[index]][1] }),
  );
  show.scatter.stroke = make(show.scatter.svg, "rect", { fill: "none", stroke: data.colours.accent, visibility: "hidden" });
}

function errors(show) {
  const { tail, measured, k, colours, groups } = show.data;
  const powers = tail.map((share) => Math.log10(Math.max(share, 1e-18)));
  const low = Math.floor(Math.min(-1, ...powers));
  const last = Math.max(1, tail.length - 1, k);
  const every = Math.max(1, Math.ceil(last / 12));
  const across = Array.from({ length: Math.floor(last / every) + 1 }, (_, index) => index * every);
  const range = [-0.3, last + 0.3];
  const up = lines(low, 0, 5).filter(Number.isInteger);
  const told = (value, axis) => (axis === "x" ? value : value === 0 ? "1" : `10${superscript(value)}`);
  const names = { across_name: "axes kept, k", up_name: "share of ‖G‖² lost" };
  const at = plane(show.errors, range, [low, 0.15], told, colours.line, { across, up, ...names });
  const { svg } = show.errors;
  const blue = groups[0][1];
  const points = powers.map((power, index) => at(index, power).join(",")).join(" ");
  make(svg, "polyline", { points, fill: "none", stroke: blue, "stroke-width": 2 });
  powers.forEach((power, index) => {
    const [cx, cy] = at(index, power);
    make(svg, "circle", { cx, cy, r: 3, fill: blue });
  });
  const [cx, cy] = at(k, Math.max(low, Math.log10(Math.max(measured, 1e-18))));
  make(svg, "circle", { cx, cy, r: 7, fill: "none", stroke: colours.accent, "stroke-width": 3 });
  make(svg, "text", { x: Math.min(cx + 13, svg.clientWidth - 70), y: cy - 6 }, "measured");
}

const superscript = (value) => String(value).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)]);

function legend(show) {
  show.legend.replaceChildren();
  if (show.data.groups.length < 2) return;
  for (const [textContent, own] of show.data.groups) {
    const mark = Object.assign(document.createElement("span"), { textContent });
    mark.style.setProperty("--own", own);
    show.legend.append(mark);
  }
}

function shine(show) {
  show.scatter.marks.forEach((mark, index) => {
    mark.setAttribute("opacity", show.lit ? (show.lit.has(index) ? 1 : 0.12) : 0.8);
  });
  name(show);
}

function draw(show) {
  if (!show.scatter.svg.clientWidth) return;
  scatter(show);
  errors(show);
  shine(show);
}

// Samples under a box in the scatter plot.
function brushed(show, [x0, y0], [x1, y1]) {
  const within = ([x, y]) => Math.min(x0, x1) <= x && x <= Math.max(x0, x1) && Math.min(y0, y1) <= y && y <= Math.max(y0, y1);
  return new Set(show.scatter.places.flatMap((place, index) => (within(place) ? [index] : [])));
}

// Samples whose rows or columns a box over a map touches.
function crossed(show, canvas, from, to) {
  const size = show.data.order.length;
  const side = canvas.getBoundingClientRect().width;
  const lit = new Set();
  for (const axis of [0, 1]) {
    const [low, high] = [from[axis], to[axis]].sort((a, b) => a - b).map((place) => Math.floor((place / side) * size));
    show.data.order.slice(Math.max(0, low), Math.max(0, high + 1)).forEach((index) => lit.add(index));
  }
  return lit;
}

function handle(show, element, take, click) {
  let from = null;
  let dragged = false;
  element.onpointerdown = (event) => {
    if (event.button) return;
    element.setPointerCapture(event.pointerId);
    [from, dragged] = [inside(element, event), false];
    show.tip.hidden = true;
    if (event.pointerType === "mouse") event.preventDefault();
  };
  element.onpointermove = (event) => {
    const to = inside(element, event);
    if (!from) return tell(show, element, to, event);
    dragged ||= Math.hypot(to[0] - from[0], to[1] - from[1]) > STILL;
    if (dragged) light(show, take(from, to), false);
  };
  element.onpointerup = (event) => {
    if (!from) return;
    light(show, dragged ? show.lit : click(inside(element, event)));
    from = null;
    show.scatter.stroke.setAttribute("visibility", "hidden");
  };
  element.onpointercancel = () => (from = null);
  element.onpointerleave = () => (show.tip.hidden = true);
}

// What lies under the pointer, in words.
function tell(show, element, [x, y], event) {
  const words = element === show.scatter.box ? sampled(show, x, y) : valued(show, element, x, y);
  show.tip.hidden = !words || event.pointerType === "touch";
  if (!words) return;
  show.tip.textContent = words;
  const [left, top] = inside(show.root, event);
  const flip = left > show.root.clientWidth - 200;
  const place = flip ? { left: "", right: `${show.root.clientWidth - left + 12}px` } : { left: `${left + 12}px`, right: "" };
  Object.assign(show.tip.style, { ...place, top: `${top + 12}px` });
}

function nearest(show, x, y) {
  let [best, least] = [-1, NEAR];
  show.scatter.places.forEach(([across, down], index) => {
    const away = Math.hypot(across - x, down - y);
    if (away < least) [best, least] = [index, away];
  });
  return best;
}

function sampled(show, x, y) {
  const index = nearest(show, x, y);
  if (index < 0) return "";
  const { groups, group } = show.data;
  return groups.length > 1 ? `${groups[group[index]][0]}, sample ${index}` : `sample ${index}`;
}

function valued(show, canvas, x, y) {
  const size = show.data.order.length;
  const side = canvas.getBoundingClientRect().width;
  const [i, j] = [y, x].map((place) => Math.min(size - 1, Math.max(0, Math.floor((place / side) * size))));
  const value = show.products[show.canvases.indexOf(canvas)][i * size + j];
  return `samples ${show.data.order[i]} and ${show.data.order[j]}: ${short(value)}`;
}

function open(parent) {
  const panel = (selector) => ({ box: parent.querySelector(selector), svg: parent.querySelector(`${selector} svg`) });
  const show = { maps: panel(".maps"), scatter: panel(".scatter"), errors: panel(".errors"), lit: null };
  show.root = parent.querySelector(".gram");
  show.canvases = [...parent.querySelectorAll("canvas")];
  Object.assign(show, { legend: parent.querySelector(".legend"), tip: parent.querySelector(".tip") });
  const outline = (from, to) => {
    const [x, y] = [Math.min(from[0], to[0]), Math.min(from[1], to[1])];
    const place = { x, y, width: Math.abs(from[0] - to[0]), height: Math.abs(from[1] - to[1]), visibility: "visible" };
    for (const [key, value] of Object.entries(place)) show.scatter.stroke.setAttribute(key, value);
    return brushed(show, from, to);
  };
  const one = ([x, y]) => new Set([nearest(show, x, y)].filter((index) => index >= 0));
  handle(show, show.scatter.box, outline, one);
  for (const canvas of show.canvases) handle(show, canvas, (from, to) => crossed(show, canvas, from, to), () => null);
  show.root.onkeydown = (event) => event.key === "Escape" && light(show, null);
  show.shine = () => shine(show);
  show.observer = new ResizeObserver(() => draw(show));
  return show;
}

function receive(show, data) {
  const drawn = JSON.stringify([data.scores, data.order, data.k, data.divergence]);
  show.data = data;
  for (const part of ["accent", "faint", "line"]) show.root.style.setProperty(`--${part}`, data.colours[part]);
  relight(show, data.lit);
  if (show.drawn !== drawn) {
    show.drawn = drawn;
    show.products = multiply(data);
    colour(show);
  }
  show.maps.svg.setAttribute("aria-label", data.seen[0]);
  show.scatter.svg.setAttribute("aria-label", data.seen[1]);
  show.errors.svg.setAttribute("aria-label", data.seen[2]);
  legend(show);
  draw(show);
}

export default function ({ data, parentElement, setTriggerValue }) {
  let show = shows.get(parentElement);
  if (!show) {
    show = open(parentElement);
    shows.set(parentElement, show);
  }
  show.tell = (value) => setTriggerValue("lit", value);
  receive(show, data);
  show.observer.observe(show.root);
  return () => {
    show.observer.disconnect();
    shows.delete(parentElement);
  };
}
