// Steps that are played once from the first to the last. A reel has a button, a slider, the present `step`,
// `length()` and `show(index)`.
const PACE = 450; // milliseconds a step is shown

function play(reel, wanted) {
  reel.playing = wanted && reel.length() > 1;
  reel.button.textContent = reel.playing ? "Pause" : "Play";
  reel.button.setAttribute("aria-label", reel.playing ? "Pause" : "Play the steps");
  clearTimeout(reel.timer);
  if (reel.playing) tick(reel);
}

function tick(reel) {
  reel.timer = setTimeout(() => {
    if (reel.step >= reel.length() - 1) return play(reel, false);
    reel.show(reel.step + 1);
    tick(reel);
  }, PACE);
}

function toggle(reel) {
  if (!reel.playing && reel.step >= reel.length() - 1) reel.show(0);
  play(reel, !reel.playing);
}

// Where the slider stands, and in words what is shown there.
function mark(reel, words) {
  reel.scrub.max = Math.max(0, reel.length() - 1);
  reel.scrub.value = reel.step;
  reel.count.textContent = words;
  reel.scrub.setAttribute("aria-valuetext", words);
}
