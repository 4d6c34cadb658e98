// A direction through a cloud: drag it, drag along the curve, or turn it with the arrow keys (Shift: ten degrees;
// Home: along the first axis). All of it follows at once; the angle is told when it rests.

const shows = new WeakMap();
const REST = 400; // milliseconds after the last key until the angle is told
const LEFT = 44; // pixels beside and below the curve, for its numbers
const BELOW = 46;
const ABOVE = 26;

const whole = (angle) => ((Math.round(angle) % 180) + 180) % 180;
const heading = (angle) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)];

function similarity(points, angle) {
  const [c, s] = heading(angle);
  return points.reduce((total, [x, y]) => total + (c * x + s * y) ** 2, 0);
}

function layCloud(show) {
  const { svg, data } = show.cloud;
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  const reach = 1.03 * Math.max(...data.points.map(([x, y]) => Math.hypot(x, y)));
  const scale = Math.min(width, height) / 2 / reach;
  const at = ([x, y]) => [width / 2 + scale * x, height / 2 - scale * y];
  Object.assign(show.cloud, { at, reach, width, height });
  const { line, sample, accent, paper } = data.colours;
  for (const layer of Object.values(show.cloud.layers)) layer.replaceChildren();
  const step = stride(2 * reach, 8);
  for (let k = -Math.floor(width / 2 / scale / step); k * step * scale <= width / 2; k++) {
    const [x] = at([k * step, 0]);
    make(show.cloud.layers.grid, "line", { x1: x, x2: x, y1: 0, y2: height, stroke: line, "stroke-width": k ? 0.6 : 1.4 });
  }
  for (let k = -Math.floor(height / 2 / scale / step); k * step * scale <= height / 2; k++) {
    const [, y] = at([0, k * step]);
    make(show.cloud.layers.grid, "line", { x1: 0, x2: width, y1: y, y2: y, stroke: line, "stroke-width": k ? 0.6 : 1.4 });
  }
  show.cloud.residuals = data.points.map(() => make(show.cloud.layers.residuals, "line", { stroke: line }));
  show.cloud.ray = make(show.cloud.layers.residuals, "line", { class: "ray", stroke: accent, "stroke-width": 2.5 });
  show.cloud.shadows = data.points.map(() => make(show.cloud.layers.shadows, "circle", { r: 3, fill: accent, stroke: paper, "stroke-width": 1 }));
  for (const point of data.points) {
    const [cx, cy] = at(point);
    make(show.cloud.layers.samples, "circle", { cx, cy, r: 3.6, fill: sample, opacity: 0.8 });
  }
}

function laySweep(show) {
  const { svg, layers, data } = show.sweep;
  const [width, height] = [svg.clientWidth, svg.clientHeight];
  const most = 1.08 * Math.max(...data.curve);
  const at = (angle, value) => [
    LEFT + ((width - LEFT - 12) * angle) / 180,
    height - BELOW - ((height - BELOW - ABOVE) * value) / most,
  ];
  Object.assign(show.sweep, { at, width });
  const { line, sample, faint, ink, accent } = data.colours;
  for (const layer of Object.values(layers)) layer.replaceChildren();
  for (let angle = 0; angle <= 180; angle += 45) {
    const [x, y] = at(angle, 0);
    make(layers.grid, "line", { x1: x, x2: x, y1: y, y2: ABOVE, stroke: line, "stroke-width": 0.6 });
    make(layers.grid, "text", { x, y: y + 18, fill: faint, "text-anchor": "middle" }, `${angle}°`);
  }
  const step = stride(most, 6);
  for (let value = 0; value <= most; value += step) {
    const [x, y] = at(0, value);
    make(layers.grid, "line", { x1: x, x2: width - 12, y1: y, y2: y, stroke: line, "stroke-width": value ? 0.6 : 1.4 });
    make(layers.grid, "text", { x: x - 6, y: y + 4, fill: faint, "text-anchor": "end" }, value);
  }
  const words = { y: height - 6, x: at(90, 0)[0], fill: ink, "text-anchor": "middle" };
  make(layers.grid, "text", words, "angle of the direction");
  make(layers.grid, "text", { x: 0, y: 14, fill: ink }, "sum of squared similarities");
  const [peak, floor] = at(data.peak, 0);
  make(layers.curve, "line", { x1: peak, x2: peak, y1: floor, y2: ABOVE, stroke: faint, "stroke-dasharray": "2 4", "stroke-width": 1.5 });
  const right = data.peak < 120;
  const name = { x: peak + (right ? 6 : -6), y: floor - 8, fill: faint, "text-anchor": right ? "start" : "end" };
  make(layers.curve, "text", name, "first axis");
  const points = data.curve.map((value, angle) => at(angle, value).join(",")).join(" ");
  make(layers.curve, "polyline", { points, fill: "none", stroke: sample, "stroke-width": 2.5 });
  show.sweep.dot = make(layers.curve, "circle", { r: 7, fill: accent });
}

function turn(show, angle) {
  show.angle = angle;
  const { cloud, sweep, handle, reading, data } = show;
  const [c, s] = heading(angle);
  const mark = (element, [x1, y1], [x2, y2]) => {
    for (const [name, value] of [["x1", x1], ["y1", y1], ["x2", x2], ["y2", y2]]) element.setAttribute(name, value);
  };
  data.points.forEach(([x, y], index) => {
    const along = c * x + s * y;
    const [cx, cy] = cloud.at([along * c, along * s]);
    mark(cloud.residuals[index], cloud.at([x, y]), [cx, cy]);
    cloud.shadows[index].setAttribute("cx", cx);
    cloud.shadows[index].setAttribute("cy", cy);
  });
  mark(cloud.ray, cloud.at([-cloud.reach * c, -cloud.reach * s]), cloud.at([cloud.reach * c, cloud.reach * s]));
  const [left, top] = cloud.at([0.9 * cloud.reach * c, 0.9 * cloud.reach * s]);
  Object.assign(handle.style, { left: `${left}px`, top: `${top}px` });
  const here = similarity(data.points, angle);
  const [x, y] = sweep.at(angle, here);
  sweep.dot.setAttribute("cx", x);
  sweep.dot.setAttribute("cy", y);
  const told = `${here.toFixed(1)} at ${angle}°, ${((100 * here) / data.most).toFixed(1)} % of the most`;
  reading.textContent = told;
  handle.setAttribute("aria-valuenow", angle);
  handle.setAttribute("aria-valuetext", told);
}

function lay(show) {
  if (!show.cloud.svg.clientWidth) return;
  layCloud(show);
  laySweep(show);
  turn(show, show.angle);
}

function tell(show) {
  clearTimeout(show.timer);
  if (show.angle === show.asked) return;
  show.asked = show.angle;
  show.tell(show.angle);
}

// The angle under the pointer: of the ray from the middle of the cloud, or of the place along the curve.
function aimed(show, panel, event) {
  const box = panel.svg.getBoundingClientRect();
  const [x, y] = [event.clientX - box.left, event.clientY - box.top];
  if (panel === show.cloud) return whole((Math.atan2(panel.height / 2 - y, x - panel.width / 2) * 180) / Math.PI);
  const [from, to] = [panel.at(0, 0)[0], panel.at(180, 0)[0]];
  return Math.round(180 * Math.min(1, Math.max(0, (x - from) / (to - from))));
}

function grasp(show, panel) {
  panel.box.onpointerdown = (event) => {
    panel.box.setPointerCapture(event.pointerId);
    panel.box.classList.add("held");
    show.handle.focus({ preventScroll: true });
    show.held = panel;
    turn(show, aimed(show, panel, event));
    event.preventDefault();
  };
  panel.box.onpointermove = (event) => show.held === panel && turn(show, aimed(show, panel, event));
  panel.box.onpointerup = panel.box.onpointercancel = () => {
    if (show.held) tell(show);
    panel.box.classList.remove("held");
    show.held = null;
  };
}

function press(show, event) {
  const far = event.shiftKey ? 10 : 1;
  const to = {
    ArrowUp: show.angle + far,
    ArrowRight: show.angle + far,
    ArrowDown: show.angle - far,
    ArrowLeft: show.angle - far,
    Home: show.data.peak,
  }[event.key];
  if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  event.stopPropagation();
  turn(show, whole(to));
  clearTimeout(show.timer);
  show.timer = setTimeout(() => tell(show), REST);
}

function open(parent) {
  const panel = (name) => {
    const box = parent.querySelector(name);
    const layers = Object.fromEntries([...box.querySelectorAll("g")].map((layer) => [layer.getAttribute("class"), layer]));
    return { box, layers, svg: box.querySelector("svg") };
  };
  const show = { cloud: panel(".cloud"), sweep: panel(".sweep"), angle: 0 };
  Object.assign(show, { handle: parent.querySelector(".handle"), reading: parent.querySelector(".reading") });
  grasp(show, show.cloud);
  grasp(show, show.sweep);
  show.handle.onkeydown = (event) => press(show, event);
  show.observer = new ResizeObserver(() => lay(show));
  return show;
}

function receive(show, data) {
  const again = JSON.stringify([data.points, data.colours]);
  if (!show.held && show.asked !== data.angle) show.angle = data.angle; // what the page says counts, when it is new
  show.asked = data.angle;
  for (const each of [show, show.cloud, show.sweep]) each.data = data;
  show.cloud.box.parentElement.style.setProperty("--accent", data.colours.accent);
  show.cloud.svg.setAttribute("aria-label", data.seen[0]);
  show.sweep.svg.setAttribute("aria-label", data.seen[1]);
  if (show.drawn === again && show.cloud.at) return turn(show, show.angle);
  show.drawn = again;
  lay(show);
}

export default function ({ data, parentElement, setTriggerValue }) {
  let show = shows.get(parentElement);
  if (!show) {
    show = open(parentElement);
    shows.set(parentElement, show);
  }
  show.tell = (angle) => setTriggerValue("turned", angle);
  receive(show, data);
  show.observer.observe(show.cloud.svg);
  return () => {
    clearTimeout(show.timer);
    show.observer.disconnect();
    shows.delete(parentElement);
  };
}
