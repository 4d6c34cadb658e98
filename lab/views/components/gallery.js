// Shipped results. Posters are small; a film is fetched and plays while the pointer or the focus is on it, or, where
// nothing hovers, while it is in the middle of the screen. All text is set as text.

const galleries = new WeakMap();
const hovers = () => window.matchMedia("(hover: hover)").matches;
const calm = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

function span(kind, text) {
  const made = document.createElement(kind === "title" ? "strong" : "span");
  if (kind !== "title") made.className = kind;
  made.textContent = text || "";
  return made;
}

function picture(kind, address, alt) {
  const image = document.createElement("img");
  image.className = kind;
  image.alt = alt;
  image.decoding = "async";
  image.fetchPriority = "low"; // the cover comes first
  if (address) image.src = absolute(address);
  return image;
}

function play(card) {
  if (!card.film || calm()) return;
  if (!card.moving) {
    card.moving = picture("film", card.film, card.alt);
    card.moving.onload = () => card.link.classList.toggle("playing", card.wanted);
    card.frame.append(card.moving);
  }
  card.wanted = true;
  if (card.moving.complete && card.moving.naturalWidth) card.link.classList.add("playing");
}

function rest(card) {
  card.wanted = false;
  card.link.classList.remove("playing");
}

function hang(gallery, entry, index) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  const frame = span("frame", "");
  const card = { link, frame, film: entry.film, alt: entry.caption };
  link.href = entry.address;
  frame.append(picture("poster", entry.poster, entry.caption));
  if (entry.film) frame.append(span("play", "film"));
  link.append(frame, span("title", entry.room), span("caption", entry.caption));
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    gallery.pick(index);
  };
  link.onpointerenter = link.onfocus = () => play(card);
  link.onpointerleave = link.onblur = () => rest(card);
  item.append(link);
  if (!hovers()) {
    const watch = ([seen]) => (seen.isIntersecting ? play(card) : rest(card));
    new IntersectionObserver(watch, { rootMargin: "-35% 0px -35% 0px" }).observe(link);
  }
  return item;
}

export default function ({ data, parentElement, setTriggerValue }) {
  let gallery = galleries.get(parentElement);
  if (!gallery) {
    gallery = { root: parentElement.querySelector(".gallery"), shown: "" };
    galleries.set(parentElement, gallery);
  }
  gallery.pick = (index) => setTriggerValue("picked", { index });
  gallery.root.setAttribute("aria-label", data.name);
  const shown = data.entries.map((entry) => entry.poster + entry.address).join();
  if (gallery.shown !== shown) gallery.root.replaceChildren(...data.entries.map((e, i) => hang(gallery, e, i)));
  gallery.shown = shown;
  return () => galleries.delete(parentElement);
}
