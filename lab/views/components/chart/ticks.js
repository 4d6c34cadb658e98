// Ticks of an axis: places, words, and how they are turned where they have no room.

const WIDE = 60; // pixels between ticks along x
const HIGH = 32; // and along y
const MOST = 9;

function ticksOf(axis, size, family) {
  const { spec } = axis;
  const [low, high] = [Math.min(...axis.range), Math.max(...axis.range)];
  const length = Math.abs(axis.to - axis.from);
  const most = spec.nticks || between(Math.round(length / (axis.x ? WIDE : HIGH)), 2, MOST);
  let found = labelled(axis, low, high, most);
  found = found.filter(({ at }) => at >= low - NEAR_ZERO && at <= high + NEAR_ZERO);
  if (!axis.x || spec.showticklabels === false) return { found: thinned(found, axis, 1.1 * size), turn: 0 };
  const wide = Math.max(0, ...found.map(({ text }) => measured(text, size, family)[0]));
  const apart = gap(found, axis);
  if (wide + 6 <= apart) return { found, turn: 0 };
  if (axis.kind !== "category" && !spec.tickvals) return { found: thinned(found, axis, wide + 12), turn: 0 };
  return { found: thinned(found, axis, 1.1 * size), turn: apart > 1.6 * size ? -40 : -90 };
}

function gap(found, axis) {
  const spots = found.map(({ at }) => pixel(axis, at)).sort((a, b) => a - b);
  return spots.slice(1).reduce((least, spot, index) => Math.min(least, spot - spots[index]), Infinity);
}

// Every second, third ... so that so many pixels lie between them.
function thinned(found, axis, apart) {
  const step = Math.max(1, Math.ceil(apart / gap(found, axis)));
  return step > 1 ? found.filter((_, index) => index % step === 0) : found;
}

function labelled(axis, low, high, most) {
  const { spec } = axis;
  if (spec.tickvals) {
    return spec.tickvals.map((value, index) => ({ at: coordinate(axis, value), text: String(spec.ticktext?.[index] ?? written(value)) }));
  }
  if (axis.kind === "category") return axis.names.map((text, at) => ({ at, text }));
  return axis.kind === "log" ? powers(low, high, most) : steps(spec, low, high, most);
}

function steps(spec, low, high, most) {
  const step = spec.dtick ?? stride(high - low, most);
  const start = spec.tick0 ?? 0;
  const first = Math.ceil((low - start) / step - NEAR_ZERO);
  const last = Math.floor((high - start) / step + NEAR_ZERO);
  let digits = 0;
  while (digits < 12 && Math.abs(step * 10 ** digits - Math.round(step * 10 ** digits)) > 1e-6 * step * 10 ** digits) digits++;
  return Array.from({ length: between(last - first + 1, 0, 1000) }, (_, index) => {
    const at = start + (first + index) * step;
    const text = spec.tickformat ? formatted(at, spec.tickformat) : numeral(at, digits, Math.max(Math.abs(low), Math.abs(high)));
    return { at, text: (spec.tickprefix ?? "") + text + (spec.ticksuffix ?? "") };
  });
}

function numeral(value, digits, largest) {
  if (largest >= 1e6 || digits > 5) return value ? value.toExponential(1).replace("e+", "e").replaceAll("-", "−") : "0";
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  return (Math.abs(value) < NEAR_ZERO ? 0 : value).toLocaleString("en", options).replace("-", "−");
}

// Powers of ten, and where they are few, their twos and fives.
function powers(low, high, most) {
  const step = Math.max(1, Math.ceil((high - low) / most));
  const whole = [];
  for (let power = Math.ceil(low - NEAR_ZERO); power <= high + NEAR_ZERO; power++) if (power % step === 0) whole.push(power);
  if (whole.length > 2) return whole.map((at) => ({ at, text: tenfold(at) }));
  const fine = [];
  for (let power = Math.floor(low); power <= high; power++) {
    for (const factor of [1, 2, 5]) fine.push({ at: power + Math.log10(factor), text: written(Number(`${factor}e${power}`)) });
  }
  return fine;
}

const tenfold = (power) => (Math.abs(power) > 3 ? `10<sup>${String(power).replace("-", "−")}</sup>` : written(Number(`1e${power}`)));
