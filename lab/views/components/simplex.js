// A point in a triangle: drag it, or move it with the arrow keys (Shift: ten times as far; Home: the middle; End: the
// nearest blend of the lattice). While it moves, the nearest finished blend is shown; when it rests, its weights are told.

const fields = new WeakMap();
const HEIGHT = Math.sqrt(3) / 2;
const REST = 500; // milliseconds after the last key until the weights are told

// The triangle fills the canvas but for a margin that holds half a picture.
function frame(field) {
  const { clientWidth: width, clientHeight: height } = field.canvas;
  const radius = Math.min(width * 0.085, (width * 0.46) / (field.data.divisions + 1));
  const side = Math.min(width - 2 * radius, (height - 2 * radius) / HEIGHT);
  return { radius, side, left: (width - side) / 2, top: (height - side * HEIGHT) / 2 };
}

function place(field, [a, , c]) {
  const { side, left, top } = frame(field);
  return [left + side * (c + a / 2), top + side * HEIGHT * (1 - a)];
}

// The weights of a place, and of the nearest point of the triangle where the place lies outside.
function weights(field, x, y) {
  const { side, left, top } = frame(field);
  const a = 1 - (y - top) / (side * HEIGHT);
  const c = (x - left) / side - a / 2;
  return onto([a, 1 - a - c, c]);
}

// Orthogonal projection onto the simplex (Held, Wolfe and Crowder 1974): the three axes of the triangle are alike.
function onto(point) {
  const sorted = [...point].sort((p, q) => q - p);
  let sum = 0;
  let shift = 0;
  sorted.forEach((value, index) => {
    sum += value;
    if (value - (sum - 1) / (index + 1) > 0) shift = (sum - 1) / (index + 1);
  });
  return point.map((value) => Math.max(0, value - shift));
}

function nearest(field) {
  let best = -1;
  let least = Infinity;
  field.data.lattice.forEach((point, index) => {
    const away = point.reduce((total, value, i) => total + (value - field.weights[i]) ** 2, 0);
    if (away < least && index < field.pictures.length) [best, least] = [index, away];
  });
  return [best, least];
}

function drawn(context, field, picture, [x, y], radius) {
  context.save();
  context.beginPath();
  context.arc(x, y, radius, 0, 2 * Math.PI);
  context.fillStyle = field.shade;
  context.fill();
  context.clip();
  if (picture?.complete && picture.naturalWidth) {
    context.drawImage(picture, x - radius, y - radius, 2 * radius, 2 * radius);
  }
  context.restore();
}

function paint(field) {
  const { canvas } = field;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth * ratio, canvas.clientHeight * ratio].map(Math.round);
  if (!width) return;
  if (canvas.width !== width || canvas.height !== height) Object.assign(canvas, { width, height });
  const context = canvas.getContext("2d");
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, width, height);
  context.imageSmoothingQuality = "high";
  const { radius } = frame(field);
  context.beginPath();
  for (const corner of [[1, 0, 0], [0, 1, 0], [0, 0, 1]]) context.lineTo(...place(field, corner));
  context.closePath();
  context.strokeStyle = field.line;
  context.stroke();
  field.data.lattice.forEach((point, index) => drawn(context, field, field.pictures[index], place(field, point), radius));
  const [x, y] = place(field, field.weights);
  Object.assign(field.point.style, { left: `${x}px`, top: `${y}px` });
}

function said(field) {
  return field.weights.map((share, i) => `${Math.round(100 * share)} % ${field.data.names[i]}`).join(", ");
}

function show(field) {
  paint(field);
  const told = said(field);
  const [index, away] = nearest(field);
  const exact = field.data.exact && !field.moved;
  const source = exact ? absolute(field.data.exact) : field.pictures[index]?.src;
  if (source && field.image.src !== source) field.image.src = source;
  const kind = exact || away < 1e-6 ? "" : " The picture is the nearest blend there is.";
  field.image.alt = source ? `The blend: ${told}.${kind}` : "";
  field.caption.textContent = told + (source ? `.${kind}` : "");
  field.point.setAttribute("aria-valuetext", told);
  field.point.setAttribute("aria-valuenow", Math.round(100 * field.weights[0]));
}

function move(field, point) {
  field.weights = point;
  field.moved = true;
  show(field);
}

function tell(field) {
  clearTimeout(field.timer);
  const rounded = field.weights.map((share) => Math.round(1000 * share) / 1000);
  field.tell({ film: field.data.film, weights: rounded });
}

function seek(field, event) {
  const box = field.canvas.getBoundingClientRect();
  move(field, weights(field, event.clientX - box.left, event.clientY - box.top));
}

function press(field, event) {
  const far = event.shiftKey ? 0.1 : 0.01;
  const [a, b, c] = field.weights;
  const moves = {
    ArrowUp: [a + far, b - far / 2, c - far / 2],
    ArrowDown: [a - far, b + far / 2, c + far / 2],
    ArrowLeft: [a, b + far, c - far],
    ArrowRight: [a, b - far, c + far],
    Home: [1 / 3, 1 / 3, 1 / 3],
    End: field.data.lattice[nearest(field)[0]],
  };
  if (!moves[event.key] || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  move(field, onto(moves[event.key]));
  clearTimeout(field.timer);
  field.timer = setTimeout(() => tell(field), REST);
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const field = { canvas: find("canvas"), point: find(".point"), image: find("img"), caption: find("figcaption") };
  Object.assign(field, { box: find(".field"), pictures: [], weights: [1 / 3, 1 / 3, 1 / 3], told: "", film: "" });
  field.corners = [find(".top"), find(".left"), find(".right")];
  field.box.onpointerdown = (event) => {
    field.box.setPointerCapture(event.pointerId);
    field.point.focus({ preventScroll: true });
    field.dragging = true;
    seek(field, event);
    event.preventDefault();
  };
  field.box.onpointermove = (event) => field.dragging && seek(field, event);
  field.box.onpointerup = field.box.onpointercancel = () => {
    if (field.dragging) tell(field);
    field.dragging = false;
  };
  field.point.onkeydown = (event) => press(field, event);
  field.observer = new ResizeObserver(() => show(field));
  return field;
}

function receive(field, data) {
  const style = getComputedStyle(field.box);
  field.line = style.getPropertyValue("--st-border-color");
  field.shade = style.getPropertyValue("--st-secondary-background-color");
  field.data = data;
  const before = field.pictures;
  field.pictures = data.frames.map((address, index) => {
    if (before[index]?.src === absolute(address)) return before[index];
    return Object.assign(new Image(), { onload: () => show(field), src: absolute(address) });
  });
  data.names.forEach((name, index) => (field.corners[index].textContent = name));
  field.point.setAttribute("aria-label", `Blend of ${data.names.join(", ")}; arrow keys move it`);
  field.point.setAttribute("aria-valuemin", 0);
  field.point.setAttribute("aria-valuemax", 100);
  const asked = data.weights.join();
  if (!field.dragging && (field.told !== asked || field.film !== data.film)) {
    field.weights = [...data.weights]; // what the page says counts, when it says something new
    field.moved = false;
  }
  if (data.exact) field.moved = field.moved && field.weights.some((w, i) => Math.abs(w - data.weights[i]) > 2e-3);
  Object.assign(field, { told: asked, film: data.film });
  show(field);
}

export default function ({ data, parentElement, setTriggerValue }) {
  let field = fields.get(parentElement);
  if (!field) {
    field = open(parentElement);
    fields.set(parentElement, field);
  }
  field.tell = (value) => setTriggerValue("moved", value);
  receive(field, data);
  field.observer.observe(field.canvas);
  return () => {
    clearTimeout(field.timer);
    field.observer.disconnect();
    fields.delete(parentElement);
  };
}
