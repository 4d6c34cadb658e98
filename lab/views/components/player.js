// A film that lies in the browser: play, scrub, step; no question to the server. New frames may arrive at any time and
// move nothing but the end of the film. All text is set as text, never as markup.

const players = new WeakMap();

const percent = (t) => `${Math.round(100 * t)} %`;

function words(player, index) {
  const stop = player.data.stops[index];
  if (!stop) return "";
  const [start, end, t] = stop;
  const name = (number) => `“${player.data.prompts[number]}”`;
  if (t === 0) return name(start);
  if (t === 1) return name(end);
  return `${percent(t)} of the way from ${name(start)} to ${name(end)}`;
}

function paint(player) {
  const { canvas } = player;
  const picture = player.pictures[player.index];
  if (!picture || !picture.complete || !picture.naturalWidth) return;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const width = Math.max(1, Math.round(canvas.clientWidth * ratio));
  const height = Math.round((width * picture.naturalHeight) / picture.naturalWidth);
  if (canvas.width !== width || canvas.height !== height) {
    Object.assign(canvas, { width, height });
    canvas.style.aspectRatio = `${picture.naturalWidth} / ${picture.naturalHeight}`;
  }
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, width, height);
}

function show(player, index) {
  const last = player.pictures.length - 1;
  player.index = Math.max(0, Math.min(last, index));
  const stop = player.data.stops[player.index] || [0, 0, 0];
  const said = words(player, player.index);
  const counted = `${Math.max(0, player.index + 1)} / ${player.data.stops.length}`;
  player.scrub.value = player.index;
  player.scrub.setAttribute("aria-valuetext", `frame ${counted}: ${said}`);
  player.count.textContent = counted;
  player.canvas.setAttribute("aria-label", said ? `Frame ${counted}: ${said}` : "No frame yet");
  player.from.textContent = player.data.prompts[stop[0]] || "";
  player.to.textContent = player.data.prompts[stop[1]] || "";
  player.from.style.opacity = 1 - 0.3 * stop[2];
  player.to.style.opacity = 0.7 + 0.3 * stop[2];
  player.dot.style.left = percent(stop[2]).replace(" ", "");
  paint(player);
  mark(player);
}

function mark(player) {
  player.here?.classList.remove("here");
  player.here = player.strip.children[player.index];
  if (!player.here) return;
  player.here.classList.add("here");
  const { offsetLeft, offsetWidth } = player.here;
  const { scrollLeft, clientWidth } = player.strip;
  if (offsetLeft < scrollLeft || offsetLeft + offsetWidth > scrollLeft + clientWidth) {
    player.strip.scrollLeft = offsetLeft - clientWidth / 2 + offsetWidth / 2;
  }
}

function setPlaying(player, wanted) {
  const playing = wanted && player.pictures.length > 1;
  player.playing = playing;
  player.play.textContent = playing ? "Pause" : "Play";
  player.play.setAttribute("aria-label", playing ? "Pause" : "Play");
  player.clock = playing ? {} : null; // a new clock stops the old one
  if (playing) wait(player, player.clock);
}

// The clock asks for the next frame only after the last one was painted, so a slow machine plays slowly, not late.
function wait(player, clock) {
  const next = () => {
    if (player.clock !== clock) return;
    advance(player);
    if (player.clock === clock) wait(player, clock);
  };
  setTimeout(() => requestAnimationFrame(next), 1000 / player.speed.value);
}

function take(player, index) {
  player.following = false; // whoever scrubs is no longer carried along by new frames
  setPlaying(player, false);
  show(player, index);
}

function advance(player) {
  const atEnd = player.index >= player.pictures.length - 1;
  const complete = player.pictures.length === player.data.stops.length;
  if (atEnd && complete && player.data.loop === "none") return setPlaying(player, false);
  const index = atEnd ? 0 : player.index + 1;
  if (!document.hidden && player.pictures[index]?.complete) show(player, index);
}

function drag(player, element) {
  const seek = (event) => {
    const box = element.getBoundingClientRect();
    take(player, Math.floor(((event.clientX - box.left) / box.width) * player.pictures.length));
  };
  element.onpointerdown = (event) => {
    element.setPointerCapture(event.pointerId);
    element.focus({ preventScroll: true });
    seek(event);
  };
  element.onpointermove = (event) => event.buttons && seek(event);
}

function press(player, event) {
  const steps = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 8, PageDown: -8 };
  const ends = { Home: 0, End: player.pictures.length - 1 };
  if (event.target === player.speed || event.altKey || event.ctrlKey || event.metaKey) return;
  if (event.key in steps) take(player, player.index + steps[event.key]);
  else if (event.key in ends) take(player, ends[event.key]);
  else if (event.key === " " && event.target !== player.play) toggle(player);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function toggle(player) {
  player.following = false;
  const ended = player.index >= player.pictures.length - 1 && player.data.loop === "none";
  if (!player.playing && ended) show(player, 0);
  setPlaying(player, !player.playing);
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const player = { index: 0, pictures: [], film: null, data: { stops: [], prompts: [] } };
  const parts = { canvas: "canvas", stage: ".stage", scrub: ".scrub", count: ".count", play: ".play", strip: ".strip" };
  for (const [name, selector] of Object.entries(parts)) player[name] = find(selector);
  Object.assign(player, { speed: find("select"), from: find(".from"), to: find(".to"), dot: find(".road i") });
  player.figure = find(".player");
  drag(player, player.stage);
  player.scrub.oninput = () => take(player, Number(player.scrub.value));
  player.play.onclick = () => toggle(player);
  player.speed.onchange = () => setPlaying(player, player.playing);
  player.figure.onkeydown = (event) => press(player, event);
  player.strip.onclick = (event) => {
    const cell = event.target.closest(".cell");
    if (cell && [...player.strip.children].indexOf(cell) < player.pictures.length) {
      take(player, [...player.strip.children].indexOf(cell));
    }
  };
  player.observer = new ResizeObserver(() => paint(player));
  player.observer.observe(player.canvas);
  return player;
}

function picture(player, address, index) {
  const image = new Image();
  image.onload = () => index === player.index && paint(player);
  image.src = absolute(address);
  return image;
}

function fillStrip(player) {
  const { stops, frames } = player.data;
  while (player.strip.children.length > stops.length) player.strip.lastChild.remove();
  while (player.strip.children.length < stops.length) player.strip.append(document.createElement("div"));
  [...player.strip.children].forEach((cell, index) => {
    cell.className = stops[index][2] % 1 === 0 ? "cell key" : "cell";
    cell.title = words(player, index);
    if (index >= frames.length) return cell.replaceChildren();
    const source = absolute(frames[index]);
    if (cell.firstChild?.src !== source) {
      cell.replaceChildren(Object.assign(document.createElement("img"), { src: source, alt: "", draggable: false }));
    }
  });
}

function begin(player, data) {
  const first = player.film === null;
  player.film = data.film;
  player.pictures = [];
  player.index = 0;
  player.following = data.live;
  setPlaying(player, false);
  if (first || !data.live) return;
  const box = player.figure.getBoundingClientRect();
  if (box.bottom < 80 || box.top > window.innerHeight - 80) {
    player.figure.scrollIntoView({ behavior: "smooth", block: "start" });
  }
}

function receive(player, data) {
  const renewed = player.film !== data.film;
  if (renewed) begin(player, data);
  const before = player.pictures;
  player.data = data;
  player.pictures = data.frames.map((address, index) =>
    before[index]?.src === absolute(address) ? before[index] : picture(player, address, index),
  );
  player.scrub.max = Math.max(0, player.pictures.length - 1);
  fillStrip(player);
  if (!data.live && (renewed || player.following)) {
    player.following = false; // a whole film, or a render that is over: from the newest frame to a film that plays
    setPlaying(player, !window.matchMedia("(prefers-reduced-motion: reduce)").matches);
  }
  show(player, player.following ? player.pictures.length - 1 : player.index);
}

export default function ({ data, parentElement }) {
  if (!players.has(parentElement)) players.set(parentElement, open(parentElement));
  const player = players.get(parentElement);
  receive(player, data);
  return () => {
    setPlaying(player, false);
    player.observer.disconnect();
    players.delete(parentElement);
  };
}
