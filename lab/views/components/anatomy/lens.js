// The lens: one box enlarged, under its row, with two sentences of what happens there.

function chooseWord(view, number) {
  const same = view.open === "prompt" && view.word === number;
  view.word = number;
  if (!same) openLens(view, "prompt");
  else closeLens(view);
}

function toggleLens(view, name) {
  if (view.open === name) closeLens(view);
  else openLens(view, name);
}

function openLens(view, name) {
  view.open = name;
  fillLens(view);
  placeLens(view);
  fillWords(view);
  requestAnimationFrame(() => {
    drawWires(view);
    const box = view.lens.getBoundingClientRect();
    if (box.bottom > window.innerHeight - 60) view.lens.scrollIntoView({ behavior: "smooth", block: "nearest" });
  });
}

function closeLens(view) {
  const opener = view.boxes[view.open];
  view.open = null;
  view.lens.remove();
  fillWords(view);
  markOpen(view);
  drawWires(view);
  (opener?.querySelector(".head[type=button]") || opener)?.focus({ preventScroll: true });
}

// After the last box of the row in which the opened one stands.
function placeLens(view) {
  let box = view.boxes[view.open];
  if (box.parentElement.classList.contains("said-by")) box = box.parentElement;
  view.lens.remove();
  let last = box;
  for (let next = box.nextElementSibling; next; next = next.nextElementSibling) {
    if (next.offsetTop < box.offsetTop + box.offsetHeight - 4) last = next;
    else break;
  }
  last.after(view.lens);
  markOpen(view);
}

function markOpen(view) {
  for (const [name, box] of Object.entries(view.boxes)) {
    box.classList.toggle("open", name === view.open);
    const opener = box.matches("button") ? box : box.querySelector(".head");
    if (box.dataset.box) opener.setAttribute("aria-expanded", String(name === view.open));
  }
}

function fillLens(view) {
  const told = view.data.boxes[view.open];
  const word = view.open === "prompt" && view.data.words[view.word];
  const title = word ? (word.kind === "word" ? `“${word.text}”` : word.text) : told.title;
  const close = make("button", "close", "Close");
  close.type = "button";
  close.onclick = () => closeLens(view);
  const head = make("header");
  head.append(make("h2", "", title), make("span", "shape", told.shape), close);
  const show = make("div", "show");
  const tell = make("div", "tell");
  tell.append(...told.sentences.map((sentence) => make("p", "", filled(view, sentence))));
  view.lens.setAttribute("aria-label", title);
  view.lens.replaceChildren(head, show, tell);
  if (view.open === "prompt") lensOfWord(view, show, tell);
  else if (view.open === "unet") lensOfWords(view, show, tell);
  else if (view.open === "picture") lensOfPicture(show, view.picture);
  else if (view.open === "scheduler") lensOfSchedule(view, show);
  else lensOfTensor(view, show, tell);
  const facts = told.facts.map((fact) => make("li", "", filled(view, fact)));
  if (facts.length) tell.append(Object.assign(make("ul", "list")));
  if (facts.length) tell.lastChild.append(...facts);
}

function lensOfTensor(view, show, tell) {
  const name = planeOf(view, view.open);
  const frame = frameOf(view, view.open);
  if (view.open === "clean" && view.pictures[view.step]) {
    const photo = make("canvas", "photo");
    paintPhoto(photo, view.pictures[view.step]);
    show.append(photo);
  }
  const canvas = make("canvas", `plane large ${name}`);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `${view.data.boxes[view.open].title} as a table of colours`);
  paintTiles(canvas, view, name, frame);
  const under = make("p", "reading", "Point at a place to read its number.");
  canvas.onpointermove = (event) => {
    const box = canvas.getBoundingClientRect();
    const x = Math.floor(((event.clientX - box.left) / box.width) * canvas.width);
    const y = Math.floor(((event.clientY - box.top) / box.height) * canvas.height);
    under.textContent = reading(view, name, frame, x, y) || " ";
  };
  show.append(canvas);
  const found = measures(view, name, frame);
  if (found) tell.append(legend(view, found.scale), numbers(found));
  if (view.open === "embedding") tell.append(norms(view));
  tell.append(under);
}

function legend(view, scale) {
  const bar = make("div", "legend");
  const strip = make("span", "strip");
  strip.style.background = `linear-gradient(to right, ${view.data.palette.divergence.join(",")})`;
  bar.append(make("span", "", (-scale).toPrecision(3)), strip, make("span", "", scale.toPrecision(3)));
  return bar;
}

function numbers({ low, high, mean, std }) {
  const text = `from ${low.toPrecision(3)} to ${high.toPrecision(3)}, mean ${mean.toFixed(3)}, std ${std.toFixed(3)}`;
  return make("p", "numbers", text);
}

// The length of every token's row, as bars.
function norms(view) {
  const bars = make("div", "norms");
  bars.setAttribute("role", "img");
  bars.setAttribute("aria-label", "Norm of each token's row");
  const most = Math.max(...view.data.norms);
  view.data.norms.forEach((norm, number) => {
    const bar = make("i", `norm-${view.data.tokens[number].kind}`);
    bar.style.height = `${(100 * norm) / most}%`;
    bar.title = `${view.data.tokens[number].text || view.data.tokens[number].kind}: ${norm}`;
    bars.append(bar);
  });
  return bars;
}

function lensOfPicture(show, picture) {
  const photo = make("canvas", "photo large");
  paintPhoto(photo, picture);
  show.append(photo);
}

// One word: the picture lit where it was asked for, at this step or in the mean of all.
function lensOfWord(view, show, tell) {
  const word = view.data.words[view.word];
  const canvas = make("canvas", "photo large");
  const found = attention(view, view.word, view.whole ? -1 : view.step);
  spotlight(canvas, view.picture || view.pictures[view.step], found, view.data.palette.paper, 512);
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", `The picture, lit where “${word.text}” was asked for`);
  show.append(canvas);
  if (found) {
    const peak = Math.max(...found.map);
    const when = view.whole ? "Over all steps" : `At step ${view.step + 1}`;
    const told =
      `${when} “${word.text}” gets ${(100 * found.mean).toFixed(1)} % of the attention, ` +
      `and ${(100 * peak).toFixed(1)} % where it gets most; even shares would give ` +
      `${((100 * word.tokens.length) / view.data.tokens.length).toFixed(1)} %.`;
    tell.prepend(make("p", "strong", told));
  }
  tell.append(wholeSwitch(view), ribbon(view));
}

function wholeSwitch(view) {
  const label = make("label", "switch");
  const box = Object.assign(make("input"), { type: "checkbox", checked: view.whole });
  box.onchange = () => {
    view.whole = box.checked;
    repaint(view);
    view.lens.querySelector(".switch input")?.focus({ preventScroll: true });
  };
  label.append(box, document.createTextNode(" mean over all steps"));
  return label;
}

// All rows that the text encoder reads, with their numbers.
function ribbon(view) {
  const row = make("div", "ribbon");
  for (const token of view.data.tokens) {
    const cell = make("span", `token token-${token.kind}`);
    const name = { start: "start", end: "end", padding: "pad" }[token.kind] || token.text;
    cell.append(make("b", "", name), make("small", "", String(token.id)));
    row.append(cell);
  }
  return row;
}

// All words side by side.
function lensOfWords(view, show, tell) {
  show.classList.add("many");
  view.data.words.forEach((word, number) => {
    const button = make("button", "tile");
    button.type = "button";
    const canvas = make("canvas");
    const found = attention(view, number, view.whole ? -1 : view.step);
    spotlight(canvas, view.picture || view.pictures[view.step], found, view.data.palette.paper, 160);
    const share = found ? `${(100 * found.mean).toFixed(1)} %` : "";
    button.append(canvas, make("span", "text", word.text), make("small", "", share));
    button.onclick = () => chooseWord(view, number);
    show.append(button);
  });
  tell.append(wholeSwitch(view));
}

// Shares of picture and noise along the steps.
function lensOfSchedule(view, show) {
  const rows = make("div", "schedule");
  view.data.steps.forEach((step, index) => {
    const bar = make("button", index === view.step ? "here" : "");
    bar.type = "button";
    bar.style.setProperty("--signal", `${100 * step.signal ** 2}%`);
    bar.setAttribute("aria-label", `Step ${index + 1}, t = ${Math.round(step.t)}`);
    bar.append(make("span", "", `t = ${Math.round(step.t)}`), make("small", "", `${Math.round(100 * step.signal ** 2)} %`));
    bar.onclick = () => seek(view, index);
    rows.append(bar);
  });
  show.append(make("p", "", "Share of the picture in the latents' power, step by step:"), rows);
}
