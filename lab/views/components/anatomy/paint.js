// Tensors as bytes, painted with the theme's colours.

const fetched = new Map();

function bytesOf(address) {
  if (!fetched.has(address)) {
    if (fetched.size > 60) fetched.delete(fetched.keys().next().value);
    const arriving = fetch(absolute(address)).then(async (answer) => {
      if (!answer.ok) throw new Error(`${answer.status}`);
      return new Uint8Array(await answer.arrayBuffer());
    });
    arriving.catch(() => fetched.delete(address));
    fetched.set(address, arriving);
  }
  return fetched.get(address);
}

const rgb = (hex) => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16));

// 256 colours along a scale whose stops lie at equal distances.
function ramp(stops) {
  const colours = stops.map(rgb);
  return Array.from({ length: 256 }, (_, level) => {
    const place = (level / 255) * (colours.length - 1);
    const low = Math.min(colours.length - 2, Math.floor(place));
    return colours[low].map((part, k) => Math.round(part + (place - low) * (colours[low + 1][k] - part)));
  });
}

// Columns in which so many channels lie best: the divisor nearest below a little more than the root.
function columnsOf(count) {
  for (let columns = Math.ceil(Math.sqrt(count)); columns <= count; columns++) {
    if (count % columns === 0) return columns;
  }
  return count;
}

// The bytes of a tensor that have arrived, what they are, and the frame wanted or the last one there is.
function arrived(view, name, wanted) {
  const plane = view.planes[name];
  return plane && { plane, own: view.bytes[name], frame: Math.min(wanted, plane.shape[0] - 1) };
}

// All channels of one frame as tiles with one free pixel between them.
function paintTiles(canvas, view, name, wanted) {
  const found = arrived(view, name, wanted);
  if (!found) return clear(canvas);
  const { plane, own, frame } = found;
  const [, channels, height, width] = plane.shape;
  const columns = columnsOf(channels);
  const rows = Math.ceil(channels / columns);
  canvas.width = columns * (width + 1) - 1;
  canvas.height = rows * (height + 1) - 1;
  const context = canvas.getContext("2d");
  const image = context.createImageData(canvas.width, canvas.height);
  const start = frame * channels * height * width;
  for (let c = 0; c < channels; c++) {
    const left = (c % columns) * (width + 1);
    const top = Math.floor(c / columns) * (height + 1);
    for (let i = 0; i < height * width; i++) {
      const to = 4 * ((top + Math.floor(i / width)) * canvas.width + left + (i % width));
      const colour = view.divergence[own[start + c * height * width + i]];
      image.data.set([...colour, 255], to);
    }
  }
  context.putImageData(image, 0, 0);
}

function clear(canvas) {
  canvas.getContext("2d").clearRect(0, 0, canvas.width, canvas.height);
}

// The number under a pixel of paintTiles, with its place in words; null between the tiles.
function reading(view, name, wanted, x, y) {
  const found = arrived(view, name, wanted);
  if (!found) return null;
  const { plane, own, frame } = found;
  const [, channels, height, width] = plane.shape;
  const columns = columnsOf(channels);
  const c = Math.floor(y / (height + 1)) * columns + Math.floor(x / (width + 1));
  const [row, column] = [y % (height + 1), x % (width + 1)];
  if (row >= height || column >= width || c >= channels || x < 0 || y < 0) return null;
  const level = own[((frame * channels + c) * height + row) * width + column];
  const value = (((level - 128) / 127) * plane.scales[frame]).toPrecision(3);
  if (name !== "embedding") return `channel ${c + 1}, row ${row + 1}, column ${column + 1}: ${value}`;
  const token = view.data.tokens[row];
  return `token ${row} ${token && token.text ? `“${token.text}”` : token?.kind || ""}, coordinate ${column + 1}: ${value}`;
}

// Scale, least, largest, mean and standard deviation of one frame.
function measures(view, name, wanted) {
  const found = arrived(view, name, wanted);
  if (!found) return null;
  const { plane, own, frame } = found;
  const size = plane.shape[1] * plane.shape[2] * plane.shape[3];
  const unit = plane.scales[frame] / 127;
  let [low, high, sum, squares] = [Infinity, -Infinity, 0, 0];
  for (let i = frame * size; i < (frame + 1) * size; i++) {
    const value = (own[i] - 128) * unit;
    low = Math.min(low, value);
    high = Math.max(high, value);
    sum += value;
    squares += value * value;
  }
  const mean = sum / size;
  return { scale: plane.scales[frame], low, high, mean, std: Math.sqrt(Math.max(0, squares / size - mean * mean)) };
}

// Attention of one word as numbers, and its mean: at one step, or (step < 0) the mean over all of them.
function attention(view, word, step) {
  const plane = view.planes.attention;
  const own = view.bytes.attention;
  if (!plane) return null;
  const [steps, count, height, width] = plane.shape;
  const size = height * width;
  const map = new Float32Array(size);
  const wanted = step < 0 ? [...Array(steps).keys()] : [Math.min(step, steps - 1)];
  for (const s of wanted) {
    const unit = plane.scales[s][word] / 255 / wanted.length;
    const start = (s * count + word) * size;
    for (let i = 0; i < size; i++) map[i] += own[start + i] * unit;
  }
  return { map, height, width, mean: map.reduce((a, b) => a + b, 0) / size };
}

// A picture that stays lit where a word was asked for and sinks into the paper elsewhere.
function spotlight(canvas, picture, found, paper, side) {
  const ready = picture && picture.complete && picture.naturalWidth;
  const ratio = ready ? picture.naturalHeight / picture.naturalWidth : 1;
  canvas.width = side;
  canvas.height = Math.round(side * ratio);
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  if (ready) context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  if (!found) return;
  const low = Math.min(...found.map);
  const reach = Math.max(...found.map) - low || 1;
  const veil = Object.assign(document.createElement("canvas"), { width: found.width, height: found.height });
  const image = veil.getContext("2d").createImageData(found.width, found.height);
  const [r, g, b] = rgb(paper);
  found.map.forEach((value, i) => {
    const lit = ((value - low) / reach) ** 0.9;
    image.data.set([r, g, b, Math.round(255 * 0.93 * (1 - lit))], 4 * i);
  });
  veil.getContext("2d").putImageData(image, 0, 0);
  // The outer half cell has no neighbour to blend with: enlarge a little so that the veil covers the edge.
  context.drawImage(veil, 0, 0, found.width, found.height, 0, 0, canvas.width, canvas.height);
}
