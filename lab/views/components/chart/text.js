// Words with the marks that plotly knows: <b>, <i>, <sub>, <sup>, <br>. They become nodes, never HTML.

const MARKS = /<(\/?)(b|i|em|sub|sup|br)\s*\/?>|([^<]+|<)/gi;
const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#x27;": "'", "&#39;": "'", "&nbsp;": "\u00a0" };
const LINE = 1.3; // height of a line in type sizes
const SMALL = 0.7; // size of what is raised or lowered
const ruler = document.createElement("canvas").getContext("2d");

// Lines of runs, each run its words and the marks that hold for it.
function lines(markup) {
  const [found, marks] = [[[]], new Set()];
  for (const [, closes, mark, words] of String(markup ?? "").matchAll(MARKS)) {
    if (words !== undefined) {
      found.at(-1).push({ words: words.replace(/&#?\w+;/g, (sign) => SIGNS[sign] ?? sign), marks: [...marks] });
    } else if (mark.toLowerCase() === "br") found.push([]);
    else if (closes) marks.delete(mark.toLowerCase());
    else marks.add(mark.toLowerCase());
  }
  return found;
}

const shifted = (run) => run.marks.includes("sub") || run.marks.includes("sup");

// Width and height in pixels.
function measured(markup, size, family) {
  const found = lines(markup);
  const long = (run) => {
    ruler.font = `${shifted(run) ? SMALL * size : size}px ${family}`;
    return ruler.measureText(run.words).width;
  };
  const wide = found.map((line) => line.reduce((sum, run) => sum + long(run), 0));
  return [Math.max(...wide), found.length * LINE * size];
}

// Words in a drawing. anchor: start, middle, end; base: top, middle, bottom, of the whole block; turn in degrees.
function letter(parent, markup, { x, y, size, colour, anchor = "middle", base = "middle", turn = 0 }) {
  const found = lines(markup);
  const height = LINE * size;
  const first = { top: 0.85 * size, middle: 0.34 * size - ((found.length - 1) * height) / 2 };
  const down = first[base] ?? -0.3 * size - (found.length - 1) * height;
  const text = make(parent, "text", { "text-anchor": anchor, "font-size": size, fill: colour });
  if (turn) text.setAttribute("transform", `rotate(${turn} ${x} ${y})`);
  found.forEach((line, index) => {
    let raised = 0;
    line.forEach((run, place) => {
      const own = run.marks.includes("sub") ? 0.25 * size : run.marks.includes("sup") ? -0.4 * size : 0;
      const span = make(text, "tspan", place ? {} : { x, y: y + down + index * height }, run.words);
      if (own !== raised) span.setAttribute("dy", own - raised);
      raised = own;
      if (own) span.setAttribute("font-size", SMALL * size);
      if (run.marks.includes("b")) span.setAttribute("font-weight", "bold");
      if (run.marks.includes("i") || run.marks.includes("em")) span.setAttribute("font-style", "italic");
    });
  });
  return text;
}

// The same words in a page.
function spell(parent, markup) {
  lines(markup).forEach((line, index) => {
    if (index) parent.append(document.createElement("br"));
    for (const run of line) {
      let node = document.createTextNode(run.words);
      for (const mark of run.marks) {
        const around = document.createElement(mark);
        around.append(node);
        node = around;
      }
      parent.append(node);
    }
  });
}
