// A wall of pictures, one of which may be chosen: by a click, or with the arrow keys and Enter. Pictures arrive one by
// one; places that wait for theirs are there already. All text is set as text, never as markup.

const walls = new WeakMap();

function cell(wall, index) {
  const button = document.createElement("button");
  const frame = document.createElement("span");
  const label = document.createElement("span");
  button.type = "button";
  button.className = "cell";
  frame.className = "frame";
  label.className = "label";
  button.append(frame, label);
  button.onclick = () => wall.pick(index);
  return button;
}

function build(wall, data) {
  const cells = data.labels.map((_, index) => cell(wall, index));
  wall.cells = cells;
  wall.root.classList.toggle("rows", data.rows.length > 0);
  if (!data.rows.length) return wall.root.replaceChildren(...cells);
  wall.root.style.setProperty("--most", Math.max(...data.rows));
  let begin = 0;
  const rows = data.rows.map((length) => {
    const row = document.createElement("div");
    row.className = "row";
    row.append(...cells.slice(begin, begin + length));
    begin += length;
    return row;
  });
  wall.root.replaceChildren(...rows);
}

function fill(button, address, alt) {
  const frame = button.firstChild;
  button.disabled = !address;
  if (!address) return frame.replaceChildren();
  const source = absolute(address);
  const image = frame.firstChild || document.createElement("img");
  if (image.src !== source) image.src = source;
  image.alt = alt;
  image.draggable = false;
  if (!frame.firstChild) frame.append(image);
}

function step(wall, event) {
  const here = wall.cells.indexOf(event.target.closest(".cell"));
  if (here < 0) return;
  const box = wall.cells[here].getBoundingClientRect();
  const moves = { ArrowRight: here + 1, ArrowLeft: here - 1, Home: 0, End: wall.cells.length - 1 };
  let next = moves[event.key];
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const down = event.key === "ArrowDown";
    const middle = box.left + box.width / 2;
    const away = (other) => Math.abs(other.left + other.width / 2 - middle) + 9 * Math.abs(other.top - box.top);
    const others = wall.cells
      .map((button, index) => [index, button.getBoundingClientRect()])
      .filter(([, other]) => (down ? other.top > box.top + 4 : other.top < box.top - 4));
    next = others.sort((a, b) => away(a[1]) - away(b[1]))[0]?.[0];
  }
  if (next === undefined || !wall.cells[next] || wall.cells[next].disabled) return;
  wall.cells[next].focus();
  event.preventDefault();
}

export default function ({ data, parentElement, setTriggerValue }) {
  let wall = walls.get(parentElement);
  if (!wall) {
    wall = { root: parentElement.querySelector(".wall"), shape: "" };
    wall.root.onkeydown = (event) => step(wall, event);
    walls.set(parentElement, wall);
  }
  wall.pick = (index) => setTriggerValue("picked", { film: wall.film, index });
  wall.film = data.film;
  wall.root.setAttribute("aria-label", data.name);
  const shape = `${data.labels.length} ${data.rows.join()}`;
  if (wall.shape !== shape) build(wall, data);
  wall.shape = shape;
  wall.cells.forEach((button, index) => {
    fill(button, data.frames[index], data.alts[index]);
    button.lastChild.textContent = data.labels[index];
    button.setAttribute("aria-pressed", index === data.chosen);
    button.title = data.alts[index];
  });
  return () => walls.delete(parentElement);
}
