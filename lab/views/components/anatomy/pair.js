// Two films of the same length side by side, and the difference of their frames; one slider moves all three.

const pairs = new WeakMap();

function fit(canvas, picture) {
  const width = Math.max(256, picture.naturalWidth);
  const height = Math.round((width * picture.naturalHeight) / picture.naturalWidth);
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    canvas.style.aspectRatio = `${width} / ${height}`;
  }
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  return context;
}

const ready = (picture) => picture && picture.complete && picture.naturalWidth;

function paint(pair) {
  const now = pair.films.map((film) => film[Math.min(pair.step, film.length - 1)]);
  now.forEach((picture, side) => {
    if (!ready(picture)) return;
    const canvas = pair.canvases[side];
    fit(canvas, picture).drawImage(picture, 0, 0, canvas.width, canvas.height);
  });
  const third = pair.canvases[2];
  if (!now.every(ready)) return;
  const context = fit(third, now[0]);
  context.globalCompositeOperation = "copy";
  context.drawImage(now[0], 0, 0, third.width, third.height);
  context.globalCompositeOperation = "difference";
  context.drawImage(now[1], 0, 0, third.width, third.height);
  context.globalCompositeOperation = "source-over";
}

function show(pair, index) {
  const count = pair.films[0].length;
  pair.step = Math.max(0, Math.min(count - 1, index));
  mark(pair, `step ${count ? pair.step + 1 : 0} / ${count}`);
  pair.canvases.forEach((canvas, side) => canvas.setAttribute("aria-label", `${pair.data.names[side]}, ${pair.count.textContent}`));
  paint(pair);
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const pair = { step: 0, films: [[], []], canvases: [...parent.querySelectorAll("canvas")] };
  Object.assign(pair, { names: [...parent.querySelectorAll(".name")], scrub: find(".scrub"), count: find(".count") });
  pair.button = find(".play");
  pair.scrub.oninput = () => {
    play(pair, false);
    show(pair, Number(pair.scrub.value));
  };
  pair.button.onclick = () => toggle(pair);
  Object.assign(pair, { length: () => pair.films[0].length, show: (index) => show(pair, index) });
  return pair;
}

function receive(pair, data) {
  const renewed = pair.run !== data.run;
  Object.assign(pair, { data, run: data.run });
  pair.films = data.films.map((film, side) =>
    film.map((address, index) => {
      const before = pair.films[side][index];
      if (before?.src === absolute(address)) return before;
      const picture = new Image();
      picture.onload = () => pair.data && paint(pair);
      picture.src = absolute(address);
      return picture;
    }),
  );
  pair.names.forEach((name, side) => (name.textContent = data.names[side]));
  show(pair, renewed || data.live ? pair.films[0].length - 1 : pair.step);
}

export default function ({ data, parentElement }) {
  if (!pairs.has(parentElement)) pairs.set(parentElement, open(parentElement));
  const pair = pairs.get(parentElement);
  receive(pair, data);
  return () => {
    play(pair, false);
    pair.data = null;
    pairs.delete(parentElement);
  };
}
