// The boxes of the diagram and the wires between them.

const make = (tag, name = "", text = "") =>
  Object.assign(document.createElement(tag), { className: name, textContent: text });

const ORDER = ["prompt", "noise", "encoder", "embedding"];
const LOOP = ["latents", "unet", "unconditional", "conditional", "difference", "clean", "scheduler"];
const END = ["decoder", "picture"];
const MODELS = new Set(["encoder", "unet", "decoder", "scheduler"]);
const PLANES = { noise: "noise", embedding: "embedding", latents: "latents", clean: "clean", decoder: "final" };
for (const name of ["unconditional", "conditional", "difference"]) PLANES[name] = name;
const WIRES = [
  ["prompt", "encoder"],
  ["encoder", "embedding"],
  ["embedding", "unet"],
  ["noise", "latents"],
  ["latents", "unet"],
  ["unet", "said"],
  ["said", "clean"],
  ["clean", "scheduler"],
  ["scheduler", "latents"],
  ["clean", "decoder"],
  ["decoder", "picture"],
];

// The tensor a box shows: without guidance the one prediction there is stands in the conditional's place.
function planeOf(view, name) {
  if (name === "conditional" && !view.data.guided) return "prediction";
  return PLANES[name];
}

const stepwise = (name) => LOOP.includes(name);
const frameOf = (view, name) => (stepwise(name) ? view.step : 0);

// A sentence with the numbers of the step that is shown.
function filled(view, text) {
  const step = view.data.steps[view.step];
  if (!step) return text.replace(/\{\w+\}/g, "…");
  const numbers = {
    step: `${view.step + 1} of ${step.total}`,
    t: `${Math.round(step.t)}`,
    signal: step.signal.toFixed(3),
    noise: Math.sqrt(1 - step.signal ** 2).toFixed(3),
  };
  return text.replace(/\{(\w+)\}/g, (whole, name) => numbers[name] ?? whole);
}

function makeBox(view, name) {
  const box = make(name === "prompt" ? "div" : "button", `box ${name} ${MODELS.has(name) ? "model" : "tensor"}`);
  box.dataset.box = name;
  const head = make(name === "prompt" ? "button" : "span", "head");
  head.append(make("span", "title"), make("span", "shape"));
  box.append(head);
  if (name === "prompt") {
    head.type = "button";
    box.append(make("div", "words"));
    head.onclick = () => toggleLens(view, name);
  } else {
    box.type = "button";
    const stage = make("span", "stage");
    if (name in PLANES && name !== "decoder") stage.append(make("canvas", "plane"));
    if (name === "clean" || name === "picture") stage.append(make("canvas", "photo"));
    if (stage.children.length) box.append(stage);
    box.onclick = () => toggleLens(view, name);
  }
  box.append(make("span", "facts"));
  view.boxes[name] = box;
  return box;
}

function build(view) {
  view.boxes = {};
  const [head, frame, tail] = [view.grid, make("div", "loop grid"), view.grid];
  const said = make("div", "said-by grid");
  for (const name of ORDER) head.append(makeBox(view, name));
  view.heading = make("p", "heading");
  frame.append(view.heading);
  for (const name of LOOP) {
    const inside = ["unconditional", "conditional", "difference"].includes(name);
    (inside ? said : frame).append(makeBox(view, name));
    if (name === "difference") frame.append(said);
  }
  view.boxes.said = said;
  view.grid.append(frame);
  for (const name of END) tail.append(makeBox(view, name));
  view.lens = make("section", "lens");
  view.lens.tabIndex = -1;
}

function fillBox(view, name) {
  const told = view.data.boxes[name];
  const box = view.boxes[name];
  const absent = !view.data.guided && view.data.steps.length && ["unconditional", "difference"].includes(name);
  box.hidden = Boolean(absent);
  box.querySelector(".title").textContent = told.title;
  box.querySelector(".shape").textContent = told.shape;
  box.querySelector(".facts").replaceChildren(...told.facts.map((fact) => make("span", "", filled(view, fact))));
  if (name !== "prompt") box.setAttribute("aria-label", `${told.title}, ${told.shape}`);
  paintBox(view, name);
}

function paintBox(view, name) {
  const box = view.boxes[name];
  const canvas = box.querySelector(".plane");
  if (canvas) paintTiles(canvas, view, planeOf(view, name), frameOf(view, name));
  const photo = box.querySelector(".photo");
  if (photo) paintPhoto(photo, name === "clean" ? view.pictures[view.step] : view.picture);
}

function paintPhoto(canvas, picture) {
  canvas.hidden = !picture;
  if (!picture || !picture.complete || !picture.naturalWidth) return;
  canvas.width = Math.max(256, picture.naturalWidth);
  canvas.height = Math.round((canvas.width * picture.naturalHeight) / picture.naturalWidth);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
}

// Words of the prompt, each a button with a small picture of where it was asked for.
function fillWords(view) {
  const row = view.boxes.prompt.querySelector(".words");
  const { words } = view.data;
  while (row.children.length > words.length) row.lastChild.remove();
  while (row.children.length < words.length) {
    const number = row.children.length;
    const word = make("button", "word");
    word.type = "button";
    word.append(make("canvas", "spot"), make("span", "text"));
    word.onclick = () => chooseWord(view, number);
    row.append(word);
  }
  [...row.children].forEach((button, number) => fillWord(view, button, number));
}

function fillWord(view, button, number) {
  const word = view.data.words[number];
  const found = attention(view, number, view.whole ? -1 : view.step);
  button.className = `word ${word.kind}${word.taught ? "" : " untaught"}`;
  button.querySelector(".text").textContent = word.text;
  const share = found ? `, ${(100 * found.mean).toFixed(1)} % of the attention` : "";
  button.setAttribute("aria-label", `${word.kind === "word" ? `“${word.text}”` : word.text}${share}`);
  button.setAttribute("aria-pressed", String(view.open === "prompt" && view.word === number));
  button.title = word.taught ? share.slice(2) : "never taught to this model";
  spotlight(button.querySelector("canvas"), view.picture || view.pictures[view.step], found, view.data.palette.paper, 72);
}

// A wire from the side of one box that faces the other; arrows grow from the middle of the sides.
function wire(from, to) {
  const [a, b] = [from, to];
  const centre = (box) => [box.left + box.width / 2, box.top + box.height / 2];
  const [ax, ay] = centre(a);
  const [bx, by] = centre(b);
  const overlap = (lowA, highA, lowB, highB) => Math.min(highA, highB) - Math.max(lowA, lowB);
  const across = overlap(a.top, a.bottom, b.top, b.bottom);
  if (across > 20 && (b.left >= a.right - 4 || b.right <= a.left + 4)) {
    const y = Math.max(a.top, b.top) + across / 2;
    const right = bx > ax;
    return `M${right ? a.right : a.left} ${y}H${right ? b.left : b.right}`;
  }
  const down = by > ay;
  const along = overlap(a.left, a.right, b.left, b.right);
  const [y1, y2] = [down ? a.bottom : a.top, down ? b.top : b.bottom];
  if (along > 24) {
    const x = Math.max(a.left, b.left) + along / 2;
    return `M${x} ${y1}V${y2}`;
  }
  const middle = (y1 + y2) / 2;
  return `M${ax} ${y1}C${ax} ${middle} ${bx} ${middle} ${bx} ${y2}`;
}

function tip(namespace) {
  const [defs, marker, path] = ["defs", "marker", "path"].map((name) => document.createElementNS(namespace, name));
  const shape = { id: "tip", viewBox: "0 0 8 8", refX: 7, refY: 4, markerWidth: 8, markerHeight: 8, orient: "auto" };
  Object.entries(shape).forEach(([name, value]) => marker.setAttribute(name, value));
  path.setAttribute("d", "M0 0L8 4L0 8z");
  marker.append(path);
  defs.append(marker);
  return defs;
}

function drawWires(view) {
  const home = view.figure.getBoundingClientRect();
  const place = (element) => {
    const box = element.getBoundingClientRect();
    const [left, top] = [box.left - home.left, box.top - home.top];
    return { left, top, width: box.width, height: box.height, right: left + box.width, bottom: top + box.height };
  };
  view.wires.setAttribute("viewBox", `0 0 ${home.width} ${home.height}`);
  view.wires.setAttribute("width", home.width);
  view.wires.setAttribute("height", home.height);
  const namespace = "http://www.w3.org/2000/svg";
  const paths = WIRES.map(([from, to]) => {
    const path = document.createElementNS(namespace, "path");
    path.setAttribute("d", wire(place(view.boxes[from]), place(view.boxes[to])));
    path.setAttribute("marker-end", "url(#tip)");
    return path;
  });
  if (!view.wires.querySelector("defs")) view.wires.append(tip(namespace));
  view.wires.querySelectorAll(":scope > path").forEach((path) => path.remove());
  view.wires.append(...paths);
}
