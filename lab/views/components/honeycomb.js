// A honeycomb of hexagonal rooms. Every room shows the same ring of frames, at another place of the ring, and fades
// from one frame to the next; all is drawn on one canvas, so that nothing flickers. Resting when out of sight.

const RINGS = 2; // rooms around the middle one: 1 + 6 + 12
const SECONDS_PER_FRAME = 0.42;
const GAP = 0.05; // of a room's radius
const PAUSE = 70; // milliseconds between two drawings: calm for the eye and for a small machine
const rooms = new WeakMap();

function cells() {
  const found = [];
  for (let q = -RINGS; q <= RINGS; q++) {
    for (let r = Math.max(-RINGS, -q - RINGS); r <= Math.min(RINGS, -q + RINGS); r++) {
      found.push({ x: Math.sqrt(3) * (q + r / 2), y: 1.5 * r, turn: Math.atan2(1.5 * r, Math.sqrt(3) * (q + r / 2)) });
    }
  }
  // Around the middle in order of angle, so that neighbours are near each other on the ring of frames.
  return found.sort((a, b) => Math.hypot(a.x, a.y) - Math.hypot(b.x, b.y) || a.turn - b.turn);
}

const CELLS = cells();

function hexagon(context, x, y, radius) {
  context.beginPath();
  for (let k = 0; k < 6; k++) {
    const angle = Math.PI / 6 + (k * Math.PI) / 3;
    context.lineTo(x + radius * Math.cos(angle), y + radius * Math.sin(angle));
  }
  context.closePath();
}

function drawRoom(context, room, cell, index, size) {
  const width = 2 * RINGS + 1;
  const radius = size.width / (Math.sqrt(3) * width + 0.1);
  const x = size.width / 2 + cell.x * radius;
  const y = size.height / 2 + cell.y * radius;
  context.save();
  hexagon(context, x, y, radius * (1 - GAP));
  context.lineWidth = Math.max(1, radius * 0.02);
  context.strokeStyle = room.line;
  context.stroke();
  context.clip();
  const count = room.pictures.length;
  if (count) {
    const place = (room.clock / SECONDS_PER_FRAME + (index * count) / CELLS.length) % count;
    const from = room.pictures[Math.floor(place) % count];
    const to = room.pictures[(Math.floor(place) + 1) % count];
    const box = [x - radius, y - radius, 2 * radius, 2 * radius];
    const ready = (picture) => picture.complete && picture.naturalWidth;
    if (ready(from)) context.drawImage(from, ...box);
    if (ready(to)) {
      context.globalAlpha = place % 1;
      context.drawImage(to, ...box);
    }
  }
  context.restore();
}

function draw(room) {
  const time = performance.now();
  const box = room.canvas.getBoundingClientRect();
  const resting = room.still && room.drawn === `${box.width} ${room.line} ${room.loaded}`;
  if (room.seen === false || document.hidden || resting) return;
  if (!room.still) room.clock += Math.min(2 * PAUSE, time - (room.time || time)) / 1000;
  room.time = time;
  room.drawn = `${box.width} ${room.line} ${room.loaded}`;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const size = { width: Math.round(box.width * ratio), height: Math.round(box.height * ratio) };
  if (room.canvas.width !== size.width || room.canvas.height !== size.height) Object.assign(room.canvas, size);
  const context = room.canvas.getContext("2d");
  context.clearRect(0, 0, size.width, size.height);
  context.imageSmoothingQuality = "high";
  CELLS.forEach((cell, index) => drawRoom(context, room, cell, index, size));
}

function label(room) {
  room.button.textContent = room.still ? "Play" : "Pause";
}

function open(parent) {
  const canvas = parent.querySelector("canvas");
  const room = { canvas, button: parent.querySelector("button"), pictures: [], clock: 0, names: "", loaded: 0 };
  room.still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  room.observer = new IntersectionObserver((entries) => (room.seen = entries.at(-1).isIntersecting));
  room.observer.observe(canvas);
  room.button.onclick = () => {
    room.still = !room.still;
    label(room);
  };
  label(room);
  const again = () => {
    draw(room);
    room.timer = setTimeout(() => requestAnimationFrame(() => room.timer && again()), PAUSE);
  };
  again();
  return room;
}

export default function ({ data, parentElement }) {
  if (!rooms.has(parentElement)) rooms.set(parentElement, open(parentElement));
  const room = rooms.get(parentElement);
  room.canvas.setAttribute("aria-label", data.alt);
  room.line = getComputedStyle(room.canvas).getPropertyValue("--st-border-color");
  room.button.hidden = !data.frames.length;
  if (room.names !== data.frames.join()) {
    room.names = data.frames.join();
    room.loaded = 0;
    const arrived = () => {
      room.loaded += 1;
      room.canvas.ariaBusy = room.loaded < data.frames.length;
    };
    room.canvas.ariaBusy = data.frames.length > 0;
    room.pictures = data.frames.map((address) =>
      Object.assign(new Image(), { onload: arrived, onerror: arrived, src: absolute(address) }),
    );
  }
  return () => {
    clearTimeout(room.timer);
    room.timer = 0;
    room.observer.disconnect();
    rooms.delete(parentElement);
  };
}
