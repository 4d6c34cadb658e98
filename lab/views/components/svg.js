// Marks of a drawing, and round distances between its grid lines.

const SPACE = "http://www.w3.org/2000/svg";

function make(parent, kind, attributes, words = "") {
  const mark = document.createElementNS(SPACE, kind);
  for (const [name, value] of Object.entries(attributes)) mark.setAttribute(name, value);
  mark.textContent = words;
  parent.append(mark);
  return mark;
}

// 1, 2 or 5 times a power of ten, so that at most so many lines cross the span.
function stride(span, lines) {
  const least = span / lines;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].find((factor) => factor * power >= least) * power;
}
