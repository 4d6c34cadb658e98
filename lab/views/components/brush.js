// What is lit in a figure that is brushed: shown at once, told when the stroke ends.

const inside = (element, event) => {
  const box = element.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
};

// `show.shine` draws anew what is lit; rows that were told already are not told again.
function light(show, rows, telling = true) {
  show.lit = rows && rows.size ? rows : null;
  show.shine();
  if (!telling) return;
  const told = show.lit ? [...show.lit].sort((a, b) => a - b) : null;
  if (JSON.stringify(told) === show.told) return;
  show.told = JSON.stringify(told);
  show.tell({ table: show.data.table, rows: told });
}

// What the page says is lit counts when it says something new, but not in the midst of a stroke.
function relight(show, lit, stroking = false) {
  const asked = JSON.stringify(lit);
  if (!stroking && show.told !== asked) show.lit = lit && new Set(lit);
  show.told = asked;
}
