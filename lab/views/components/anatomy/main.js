// The diagram lives in the browser: play, scrub, open a box, click a word; no question to the server.

const views = new WeakMap();

function seek(view, index) {
  view.following = false;
  play(view, false);
  show(view, index);
}

function show(view, index) {
  view.step = Math.max(0, Math.min(view.data.steps.length - 1, index));
  repaint(view);
}

function repaint(view) {
  const { steps } = view.data;
  const step = steps[view.step];
  view.scrub.disabled = steps.length < 2;
  mark(view, step ? `step ${view.step + 1} / ${step.total}, t = ${Math.round(step.t)}` : "waiting");
  view.heading.textContent = step
    ? `The denoising loop, call ${view.step + 1} of ${step.total}`
    : "The denoising loop";
  for (const name of [...ORDER, ...LOOP, ...END]) fillBox(view, name);
  fillWords(view);
  if (view.open) fillLens(view);
  markOpen(view);
  drawWires(view);
}

function press(view, event) {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key === "Escape" && view.open) closeLens(view);
  else if (event.target === view.scrub) return;
  else if (event.key === "ArrowRight") seek(view, view.step + 1);
  else if (event.key === "ArrowLeft") seek(view, view.step - 1);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const view = { step: 0, word: 0, whole: true, open: null, bytes: {}, pictures: [], run: null };
  Object.assign(view, { figure: find(".anatomy"), wires: find(".wires"), grid: find(".grid") });
  Object.assign(view, { scrub: find(".scrub"), button: find(".play"), count: find(".count"), status: find(".said") });
  build(view);
  view.scrub.oninput = () => seek(view, Number(view.scrub.value));
  view.button.onclick = () => {
    view.following = false;
    toggle(view);
  };
  Object.assign(view, { length: () => view.data.steps.length, show: (index) => show(view, index) });
  view.figure.onkeydown = (event) => press(view, event);
  view.observer = new ResizeObserver(() => view.data && requestAnimationFrame(() => view.data && resize(view)));
  view.observer.observe(view.figure);
  return view;
}

function resize(view) {
  if (view.open && view.width !== view.figure.clientWidth) placeLens(view);
  view.width = view.figure.clientWidth;
  drawWires(view);
}

function image(view, address) {
  const picture = new Image();
  picture.onload = () => soon(view);
  picture.src = absolute(address);
  return picture;
}

// Repaint once after everything that arrived together.
function soon(view) {
  cancelAnimationFrame(view.coming);
  view.coming = requestAnimationFrame(() => view.data && repaint(view));
}

function receive(view, data) {
  const renewed = view.run !== data.run;
  const before = view.data;
  view.data = data;
  view.divergence = ramp(data.palette.divergence);
  if (renewed) {
    Object.assign(view, { run: data.run, step: 0, bytes: {}, planes: {}, pictures: [], picture: null, following: data.live });
    view.word = Math.max(0, pick(data.words));
    play(view, false);
  }
  const known = new Map((renewed ? [] : view.pictures).map((picture) => [picture.src, picture]));
  view.pictures = data.pictures.map((address) => known.get(absolute(address)) || image(view, address));
  if (!data.picture) view.picture = null;
  else if (view.picture?.src !== absolute(data.picture)) view.picture = image(view, data.picture);
  for (const [name, plane] of Object.entries(data.planes)) {
    if (!renewed && view.bytes[name] && before?.planes[name]?.file === plane.file) continue;
    bytesOf(plane.file).then(
      (bytes) => {
        if (view.data?.planes[name]?.file !== plane.file) return;
        Object.assign(view.bytes, { [name]: bytes });
        Object.assign(view.planes, { [name]: plane }); // of these bytes: a run that grows has more steps by now
        soon(view);
      },
      () => (view.status.textContent = "A tensor did not arrive: reload the page."),
    );
  }
  if (renewed && !data.live) view.step = Math.max(0, data.steps.length - 1);
  show(view, view.following ? data.steps.length - 1 : view.step);
}

// The longest word is more often a thing than "a" or "of".
function pick(words) {
  const lengths = words.map((word) => (word.kind === "word" && word.taught ? word.text.length : 0));
  return lengths.indexOf(Math.max(...lengths));
}

export default function ({ data, parentElement }) {
  if (!views.has(parentElement)) views.set(parentElement, open(parentElement));
  const view = views.get(parentElement);
  receive(view, data);
  return () => {
    play(view, false);
    cancelAnimationFrame(view.coming);
    view.data = null;
    view.observer.disconnect();
    views.delete(parentElement);
  };
}
