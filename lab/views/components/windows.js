// The multiwindow plot: points on a canvas, words and frames over it. Drag a box in any window and the same rows light up
// in all of them, at once; a click takes one point, Escape puts the light out. What is lit is told when the drag ends.

const shows = new WeakMap();
const FINE = 10000; // steps of a position across a window
const FADED = 0.1;
const NEAR = 9; // pixels from the pointer to a point it means
const STILL = 4; // pixels within which a drag is a click

// From the plane, upward, to pixels, downward.
function pixels(show, x, y) {
  const [left, right, below, above] = show.data.view;
  return [(show.width * (x - left)) / (right - left), (show.height * (above - y)) / (above - below)];
}

// Every place a row has in the plane: its cell, that cell's margins, the corner.
function lay(show) {
  const { points, windows, lattice } = show.data;
  const [columns, rows] = lattice;
  const at = (row, column) => windows[row * (columns + 1) + column].at;
  const corner = at(rows, columns);
  const places = [];
  points.cell.forEach((cell, index) => {
    if (points.x[index] < 0 || show.hidden.has(points.group[index])) return;
    const [row, column] = [Math.floor(cell / columns), cell % columns];
    const seen = cell < 0 ? [corner] : [at(row, column), at(row, columns), at(rows, column), corner];
    for (const [x, y] of seen) {
      places.push([index, ...pixels(show, x + points.x[index] / FINE, y + points.y[index] / FINE)]);
    }
  });
  show.places = places;
}

// One drawn dot of a colour, to be stamped many times.
function stamp(colour, radius, ratio) {
  const side = Math.ceil(2 * (radius + 1) * ratio);
  const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
  const context = canvas.getContext("2d");
  context.fillStyle = colour;
  context.arc(side / 2, side / 2, radius * ratio, 0, 2 * Math.PI);
  context.fill();
  return canvas;
}

function paint(show) {
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [Math.round(show.width * ratio), Math.round(show.height * ratio)];
  if (show.canvas.width !== width || show.canvas.height !== height) Object.assign(show.canvas, { width, height });
  const context = show.canvas.getContext("2d");
  context.clearRect(0, 0, width, height);
  if (!show.data.points) return;
  const radius = show.places.length < 4000 ? 2.6 : 1.6;
  const stamps = show.data.groups.map(([, colour]) => stamp(colour, radius, ratio));
  const group = show.data.points.group;
  for (const lit of show.lit ? [false, true] : [true]) {
    context.globalAlpha = lit ? 0.85 : FADED;
    for (const [index, x, y] of show.places) {
      if (show.lit && show.lit.has(index) !== lit) continue;
      const dot = stamps[group[index]];
      context.drawImage(dot, Math.round(x * ratio - dot.width / 2), Math.round(y * ratio - dot.height / 2));
    }
  }
}

function write(show) {
  const { svg, data } = show;
  svg.replaceChildren();
  show.doors.replaceChildren();
  data.windows.forEach(({ at, count, name }, index) => {
    const [left, bottom] = pixels(show, ...at);
    const [right, top] = pixels(show, at[0] + 1, at[1] + 1);
    const place = { x: left, y: top, width: right - left, height: bottom - top };
    if (data.pictures.length) make(svg, "image", { ...place, href: data.pictures[index], preserveAspectRatio: "none" });
    make(svg, "rect", place);
    if (data.counts && count) make(svg, "text", { class: "count", x: right - 4, y: bottom - 5 }, count.toLocaleString("en"));
    if (!data.points) return;
    const door = document.createElement("button");
    door.setAttribute("aria-label", `${name}: ${count} rows`);
    door.tabIndex = index === show.door ? 0 : -1;
    Object.assign(door.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
    door.onclick = () => light(show, within(show, left, top, right, bottom));
    show.doors.append(door);
  });
  for (const { x, y, text, turned, title, ends } of data.labels) {
    const [across, down] = pixels(show, x, y);
    const how = { x: across, y: down, class: title ? "title" : ends ? "ends" : "label" };
    make(svg, "text", turned ? { ...how, transform: `rotate(-90 ${across} ${down})` } : how, text);
  }
}

function legend(show) {
  show.legend.replaceChildren();
  if (show.data.groups.length < 2 || !show.data.points) return;
  show.data.groups.forEach(([name, colour], code) => {
    const button = Object.assign(document.createElement("button"), { textContent: name, title: "Hide or show" });
    button.style.setProperty("--own", colour);
    button.setAttribute("aria-pressed", !show.hidden.has(code));
    button.onclick = () => {
      if (!show.hidden.delete(code)) show.hidden.add(code);
      button.setAttribute("aria-pressed", !show.hidden.has(code));
      lay(show);
      paint(show);
    };
    show.legend.append(button);
  });
}

function draw(show) {
  [show.width, show.height] = [show.plane.clientWidth, show.plane.clientHeight];
  if (!show.width) return;
  if (show.data.points) lay(show);
  write(show);
  paint(show);
}

function within(show, left, top, right, bottom) {
  const rows = new Set();
  for (const [index, x, y] of show.places) if (x >= left && x <= right && y >= top && y <= bottom) rows.add(index);
  return rows;
}

function nearest(show, x, y) {
  let [best, least] = [-1, NEAR ** 2];
  for (const [index, across, down] of show.places) {
    const away = (across - x) ** 2 + (down - y) ** 2;
    if (away < least) [best, least] = [index, away];
  }
  return best;
}

function hover(show, event) {
  const [x, y] = inside(show.plane, event);
  const index = event.pointerType === "touch" ? -1 : nearest(show, x, y);
  show.tip.hidden = index < 0;
  if (index < 0) return;
  const { points, groups, variables } = show.data;
  const values = variables.map((name, i) => `${name} ${points.values[i][index]}`);
  const name = groups.length > 1 ? `${groups[points.group[index]][0]}, row ${index}` : `row ${index}`;
  show.tip.textContent = [name, ...values].join("\n");
  const flip = x > show.width - 190;
  Object.assign(show.tip.style, { left: flip ? "" : `${x + 14}px`, right: flip ? `${show.width - x + 14}px` : "", top: `${y + 14}px` });
}

function begin(show, event) {
  if (!show.data.points || event.button) return;
  show.plane.setPointerCapture(event.pointerId);
  show.from = inside(show.plane, event);
  show.tip.hidden = true;
  if (event.pointerType === "mouse") event.preventDefault();
}

function go(show, event) {
  if (!show.data.points) return;
  if (!show.from) return hover(show, event);
  const [[x0, y0], [x1, y1]] = [show.from, inside(show.plane, event)];
  const [left, top, right, bottom] = [Math.min(x0, x1), Math.min(y0, y1), Math.max(x0, x1), Math.max(y0, y1)];
  show.dragged ||= right - left > STILL || bottom - top > STILL;
  if (!show.dragged) return;
  show.box.hidden = false;
  Object.assign(show.box.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
  light(show, within(show, left, top, right, bottom), false);
}

function end(show, event) {
  if (!show.from) return;
  const [x, y] = inside(show.plane, event);
  if (show.dragged) light(show, show.lit);
  else if (event.pointerType === "touch") tap(show, x, y);
  else light(show, new Set([nearest(show, x, y)].filter((index) => index >= 0)));
  stop(show);
}

// A finger takes a whole window: points are too small for it.
function tap(show, x, y) {
  const door = [...show.doors.children].find(({ style }) => {
    const [left, top, width, height] = [style.left, style.top, style.width, style.height].map(parseFloat);
    return x >= left && x <= left + width && y >= top && y <= top + height;
  });
  if (door) door.click();
  else light(show, null);
}

function stop(show) {
  Object.assign(show, { from: null, dragged: false });
  show.box.hidden = true;
}

function walk(show, event) {
  if (event.key === "Escape") return light(show, null);
  const [columns, rows] = show.data.lattice;
  const [row, column] = [Math.floor(show.door / (columns + 1)), show.door % (columns + 1)];
  const step = { ArrowUp: [1, 0], ArrowDown: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  if (!step || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  const held = (value, most) => Math.min(most, Math.max(0, value));
  show.doors.children[show.door].tabIndex = -1;
  show.door = held(row + step[0], rows) * (columns + 1) + held(column + step[1], columns);
  const door = show.doors.children[show.door];
  door.tabIndex = 0;
  door.focus();
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const show = { plane: find(".plane"), canvas: find("canvas"), svg: find("svg"), doors: find(".doors"), box: find(".box") };
  Object.assign(show, { legend: find(".legend"), tip: find(".tip"), places: [], hidden: new Set(), lit: null, door: 0 });
  show.plane.onpointerdown = (event) => begin(show, event);
  show.plane.onpointermove = (event) => go(show, event);
  show.plane.onpointerup = (event) => end(show, event);
  show.plane.onpointercancel = () => stop(show);
  show.plane.onpointerleave = () => (show.tip.hidden = true);
  show.doors.onkeydown = (event) => walk(show, event);
  show.shine = () => paint(show);
  show.observer = new ResizeObserver(() => draw(show));
  return show;
}

function receive(show, data) {
  const named = JSON.stringify(data.groups.map(([name]) => name));
  if (show.named !== named || show.data?.table !== data.table) show.hidden.clear();
  show.named = named;
  show.data = data;
  show.door = Math.min(show.door, data.windows.length - 1);
  const style = show.plane.parentElement.style;
  for (const name of ["accent", "faint", "line"]) style.setProperty(`--${name}`, data.colours[name]);
  show.plane.classList.toggle("brushed", Boolean(data.points));
  show.svg.setAttribute("aria-label", data.seen);
  relight(show, data.lit, Boolean(show.from));
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
  show.observer.observe(show.plane);
  return () => {
    show.observer.disconnect();
    shows.delete(parentElement);
  };
}
