// A table for rock, paper, scissors. A move goes to the server as (round, move); what comes back is drawn here: hands,
// score, curve with the luck band, the promise, and what the machine thought. All text is set as text, never as markup.

const boards = new WeakMap();
const shown = new Map(); // by game: the hash on the table, its round, and the one before it; outlives a page drawn anew
const NAMES = ["rock", "paper", "scissors"];
const LETTERS = "RPS";
const LUCK = 2 * Math.sqrt(2 / 3); // two standard deviations of a round against luck
const WRITING = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable=true]";
const SVG = "http://www.w3.org/2000/svg";
const HANDS = [
  "M14 30c-2-6 0-12 4-13 1-4 6-5 8-2 2-4 8-3 9 1 4-2 8 1 7 5 4 1 5 6 4 11-1 8-6 13-15 13-9 0-14-5-17-15z M18 17v7 M26 15v8 M35 16v8",
  "M20 32V14c0-4 5-4 5 0v10 V9c0-4 5-4 5 0v15 V10c0-4 5-4 5 0v15 V15c0-4 5-4 5 0v19c0 8-5 14-13 14-7 0-10-4-13-9l-6-10c-2-4 3-6 5-3z",
  "M20 30 13 11c-1-4 4-6 6-2l8 17 M27 26 32 8c1-4 6-3 5 1l-4 19 M20 30c-4 2-5 7-3 11 3 6 8 8 13 7 7-1 11-6 11-12 0-5-3-8-8-8l-8 1c-3 0-4 4-1 5l6 1",
];

function drawing(path) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 56 56");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("class", "stroke");
  line.setAttribute("d", path);
  svg.append(line);
  return svg;
}

function element(kind, name, text = "") {
  const made = document.createElement(kind);
  made.className = name;
  made.textContent = text;
  return made;
}

const result = (own, theirs) => [0, 1, -1][(LETTERS.indexOf(own) - LETTERS.indexOf(theirs) + 3) % 3];
const results = (data) => [...data.person].map((move, round) => result(move, data.bot[round]));
const signed = (number) => (number > 0 ? `+${number}` : `${number}`.replace("-", "−"));

function choose(board, move) {
  if (board.asked === board.data.person.length || board.data.full) return; // the last move is still on its way
  board.asked = board.data.person.length;
  board.buttons.forEach((button, index) => button.classList.toggle("pressed", index === move));
  board.send("move", { round: board.asked, move });
}

function press(board, event) {
  const { target } = event;
  const writing = target.closest?.(WRITING);
  if (writing || event.altKey || event.ctrlKey || event.metaKey || event.repeat) return;
  const key = event.key.toLowerCase();
  const move = "rps".indexOf(key) >= 0 ? "rps".indexOf(key) : "123".indexOf(key);
  if (key.length !== 1 || move < 0 || !board.section.isConnected || !board.section.offsetParent) return;
  event.preventDefault();
  event.stopImmediatePropagation(); // R is also a shortcut of the app
  choose(board, move);
}

function hands(board, won) {
  const { person, bot } = board.data;
  board.hands.forEach((hand, index) => {
    const moves = index ? bot : person;
    hand.replaceChildren(drawing(HANDS[LETTERS.indexOf(moves.at(-1) ?? "R")])); // a fist, pale, before the first round
    hand.classList.toggle("beaten", !moves.length || won.at(-1) === (index ? 1 : -1));
  });
}

function count(board, won) {
  const times = (value) => won.filter((each) => each === value).length;
  const sum = won.reduce((total, each) => total + each, 0);
  board.score.textContent = won.length ? signed(sum) : "–";
  board.tally.textContent = won.length
    ? `${times(1)} won · ${times(0)} tied · ${times(-1)} lost`
    : "R, P, S or 1, 2, 3";
}

function say(board, won) {
  if (!won.length) return;
  const [mine, its] = [board.data.person, board.data.bot].map((moves) => NAMES[LETTERS.indexOf(moves.at(-1))]);
  const word = { 1: "you win", 0: "a tie", "-1": "you lose" }[won.at(-1)];
  board.said.textContent = `Round ${won.length}: ${mine} against ${its}, ${word}. Score ${board.score.textContent}.`;
}

function path(context, points) {
  context.beginPath();
  points.forEach(([x, y], index) => (index ? context.lineTo(x, y) : context.moveTo(x, y)));
}

function curve(board, won) {
  const { canvas } = board;
  const ratio = Math.min(2, window.devicePixelRatio || 1);
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width) return;
  Object.assign(canvas, { width: Math.round(width * ratio), height: Math.round(height * ratio) });
  const context = canvas.getContext("2d");
  context.scale(ratio, ratio);
  const style = getComputedStyle(board.section);
  const ink = (name) => style.getPropertyValue(name).trim();
  let total = 0;
  const scores = won.length ? [0, ...won.map((each) => (total += each))] : board.data.ghost;
  const last = Math.max(20, scores.length - 1);
  const most = Math.max(LUCK * Math.sqrt(last) * 1.25, ...scores.map(Math.abs)) * 1.06;
  const x = (round) => 34 + ((width - 40) * round) / last;
  const y = (score) => height / 2 - ((height / 2 - 12) * score) / most;
  const rounds = Array.from({ length: 101 }, (_, index) => (index * last) / 100);
  context.font = `13px ${ink("--st-font")}`;
  context.fillStyle = context.strokeStyle = ink("--st-text-color");
  context.globalAlpha = 0.1;
  path(context, [...rounds.map((r) => [x(r), y(LUCK * Math.sqrt(r))]), ...rounds.reverse().map((r) => [x(r), y(-LUCK * Math.sqrt(r))])]);
  context.fill();
  context.globalAlpha = 0.35;
  path(context, [[x(0), y(0)], [x(last), y(0)]]);
  context.stroke();
  context.globalAlpha = 0.85;
  context.textAlign = "right";
  context.fillText("0", 28, y(0) + 4);
  const mark = Math.max(1, Math.round(most * 0.6));
  context.fillText(signed(mark), 28, y(mark) + 4);
  context.fillText(signed(-mark), 28, y(-mark) + 4);
  context.fillText(`${last} rounds`, width - 8, y(0) - 5);
  context.textAlign = "left";
  context.fillText(won.length ? "your score; pure luck stays in the band" : board.data.legend, 40, 14, width - 44);
  context.globalAlpha = won.length ? 1 : 0.55;
  context.strokeStyle = ink("--st-link-color");
  context.lineWidth = 2.2;
  path(context, scores.map((score, round) => [x(round), y(score)]));
  context.stroke();
  const band = Math.round(LUCK * Math.sqrt(Math.max(1, scores.length - 1)));
  canvas.setAttribute("aria-label", `Score after ${scores.length - 1} rounds: ${scores.at(-1)}; luck stays within ${band}.`);
}

function strip(board, won) {
  const { person, bot } = board.data;
  const from = Math.max(0, person.length - 48);
  const cells = [...person.slice(from)].map((move, index) => {
    const kind = { 1: "won", 0: "tied", "-1": "lost" }[won[from + index]];
    return element("span", kind, `${move}\n${bot[from + index]}`);
  });
  board.strip.replaceChildren(...cells);
}

function promise(board) {
  const { kept, promise: next } = board.data;
  const line = [element("span", "", "Its next move is fixed; SHA-256: "), element("code", "", `${next.slice(0, 24)}…`)];
  line[1].title = next;
  if (kept) {
    line.push(element("span", "", ". Kept: "), element("code", "", `“${kept.text}”`), element("span", "", " has the hash "));
    line.push(Object.assign(element("code", "", `${kept.hash.slice(0, 12)}…`), { title: kept.hash }));
  }
  board.verdict = element("span", "verdict");
  board.promise.replaceChildren(...line, board.verdict);
  board.check.hidden = !kept;
  if (!kept) return;
  board.check.querySelector("pre").textContent = `echo -n "${kept.text}" | sha256sum\n${board.promised ?? kept.hash}`;
  verify(board, kept);
}

// Hash the text that was shown now and compare it with the hash that stood on the table before the move.
async function verify(board, kept) {
  if (!board.promised || !window.crypto?.subtle) return; // browsers hash on localhost and https only
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(kept.text));
  const hash = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const honest = hash === board.promised && kept.text[0] === board.data.bot.at(-1);
  if (board.data.kept?.text === kept.text)
    board.verdict.textContent = honest ? " ✓ as promised, checked in your browser" : " ✗ not what was promised";
}

function triangle(svg, thought) {
  const corner = (move, r = 1) => [r * Math.cos((2 * Math.PI * move) / 3), -r * Math.sin((2 * Math.PI * move) / 3)];
  const shape = (kind, attributes, text = "") => {
    const made = document.createElementNS(SVG, kind);
    Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
    made.textContent = text;
    return made;
  };
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 0.015 };
  const made = [shape("polygon", { ...line, points: [0, 1, 2].map((move) => corner(move).join()).join(" ") })];
  NAMES.forEach((name, move) => {
    const [x, y] = corner(move, 1.18);
    const anchor = move === 0 ? "middle" : "end";
    const at = move === 0 ? { x: x - 0.02, y: y - 0.14 } : { x: x + 0.25, y: y + 0.05 };
    made.push(shape("text", { ...at, "text-anchor": anchor, "font-size": 0.17, fill: "currentColor" }, name));
  });
  const [x, y] = [thought.z[0], -thought.z[1]];
  made.push(shape("line", { ...line, x1: 0, y1: 0, x2: x, y2: y, "stroke-width": 0.03, stroke: "var(--st-link-color)" }));
  made.push(shape("circle", { cx: x, cy: y, r: 0.075, fill: "var(--st-link-color)" }));
  svg.replaceChildren(...made);
  svg.setAttribute("aria-label", `Its expectation as a point in the triangle of the three moves. ${thought.sentence}`);
}

function think(board) {
  const { thought } = board.data;
  board.thought.hidden = !thought;
  if (!thought) return;
  triangle(board.triangle, thought);
  const voices = thought.voices.map((voice) => {
    const row = element("div", "voice");
    const bar = element("span", "bar");
    bar.style.width = `${Math.max(3, 100 * voice.say)}%`;
    row.append(bar, element("span", "", voice.text));
    return row;
  });
  board.words.replaceChildren(element("p", "", thought.sentence), element("p", "", thought.gain), ...voices);
}

function paint(board) {
  const won = results(board.data);
  hands(board, won);
  count(board, won);
  say(board, won);
  curve(board, won);
  strip(board, won);
  promise(board);
  think(board);
}

function open(parent) {
  const find = (selector) => parent.querySelector(selector);
  const board = { section: find(".board"), canvas: find("canvas"), strip: find(".strip"), asked: -1 };
  Object.assign(board, { score: find(".score"), tally: find(".tally"), promise: find(".promise"), said: find(".said") });
  board.check = find(".check");
  Object.assign(board, { thought: find(".thought"), triangle: find(".thought svg"), words: find(".words") });
  board.hands = [find(".you .hand"), find(".bot .hand")];
  board.who = find(".bot .who");
  board.buttons = NAMES.map((name, move) => {
    const button = element("button", name);
    button.type = "button";
    button.append(drawing(HANDS[move]), element("span", "", name), element("kbd", "", LETTERS[move]));
    button.setAttribute("aria-label", name);
    button.onclick = () => choose(board, move);
    return button;
  });
  find(".moves").replaceChildren(...board.buttons);
  board.keys = (event) => press(board, event);
  window.addEventListener("keydown", board.keys, true);
  board.observer = new ResizeObserver(() => board.data && curve(board, results(board.data)));
  board.observer.observe(board.canvas);
  return board;
}

export default function ({ data, parentElement, setTriggerValue }) {
  if (!boards.has(parentElement)) boards.set(parentElement, open(parentElement));
  const board = boards.get(parentElement);
  board.send = setTriggerValue;
  if (board.data?.game !== data.game || board.asked < data.person.length) board.asked = -1;
  board.buttons.forEach((button) => board.asked < 0 && button.classList.remove("pressed"));
  const past = shown.get(data.game);
  const round = data.person.length;
  if (past?.round !== round)
    shown.set(data.game, { round, hash: data.promise, before: past?.round === round - 1 ? past.hash : undefined });
  board.promised = shown.get(data.game).before;
  board.data = data;
  board.who.textContent = data.opponent;
  paint(board);
  return () => {
    window.removeEventListener("keydown", board.keys, true);
    board.observer.disconnect();
    boards.delete(parentElement);
  };
}
