// Pictures on given places of one plate: one alone, six around one, or a tree with its branches. A picture may be chosen by
// click or by keyboard. A better version of a picture takes its place without a flash. All text is set as text.

const plates = new WeakMap();
const SVG = "http://www.w3.org/2000/svg";

function make(kind, name, ...children) {
  const element = document.createElement(kind);
  element.className = name;
  element.append(...children);
  return element;
}

function tile(plate, index) {
  const button = make("button", "tile", make("span", "pane"), make("span", "label"));
  button.type = "button";
  button.onclick = () => plate.pick(index);
  return button;
}

// The new picture is decoded before it is shown, so that a picture that forms does not flicker.
function paint(pane, address, alt) {
  if (!address) return pane.replaceChildren();
  const source = absolute(address);
  pane.wanted = source;
  const shown = pane.firstChild;
  if (shown && shown.src === source) {
    shown.alt = alt;
    return;
  }
  const image = Object.assign(new Image(), { src: source, alt, draggable: false });
  const put = () => pane.wanted === source && pane.replaceChildren(image);
  if (shown) image.decode().then(put, put);
  else put();
}

function draw(plate, data) {
  const { root } = plate;
  root.style.aspectRatio = data.aspect;
  root.style.width = data.width || "100%";
  root.style.maxWidth = data.width ? "none" : data.most || "34rem";
  if (plate.tiles.length !== data.tiles.length) {
    plate.tiles = data.tiles.map((_, index) => tile(plate, index));
    root.replaceChildren(plate.lines, ...plate.tiles);
  }
  plate.lines.replaceChildren(
    ...data.lines.map((ends) => {
      const line = document.createElementNS(SVG, "line");
      ["x1", "y1", "x2", "y2"].forEach((name, k) => line.setAttribute(name, `${ends[k]}%`));
      return line;
    }),
  );
  plate.tiles.forEach((button, index) => {
    const { src, alt, label, x, y, w, h, hexagon, pickable } = data.tiles[index];
    Object.assign(button.style, { left: `${x}%`, top: `${y}%`, width: `${w}%`, height: `${h}%` });
    button.classList.toggle("hexagon", hexagon);
    button.disabled = !src || !pickable;
    button.title = alt;
    button.setAttribute("aria-label", alt);
    button.setAttribute("aria-pressed", index === data.chosen);
    button.lastChild.textContent = label;
    paint(button.firstChild, src, alt);
  });
}

export default function ({ data, parentElement, setTriggerValue }) {
  let plate = plates.get(parentElement);
  if (!plate) {
    const lines = document.createElementNS(SVG, "svg");
    plate = { root: parentElement.querySelector(".plate"), lines, tiles: [] };
    plates.set(parentElement, plate);
  }
  plate.pick = (index) => setTriggerValue("picked", { name: plate.name, index });
  plate.name = data.name;
  plate.root.setAttribute("aria-label", data.title);
  draw(plate, data);
  return () => plates.delete(parentElement);
}
