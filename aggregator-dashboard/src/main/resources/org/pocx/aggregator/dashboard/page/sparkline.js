// A small line of one machine's capacity over a week, with what is expected as a dashed line.

/** The namespace of SVG: a name that nothing is loaded from. */
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");
const WIDTH = 336;
const HEIGHT = 48;
const HOUR_MS = 3_600_000;
const HOURS = 168;

function shape(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  return made;
}

/** The line; an hour without a figure interrupts it. One between two such hours is a dot: a line of no length, with round ends. */
function path(points, x, y) {
  let pen = false;
  const steps = [];
  for (const { at, tib } of points) {
    if (tib === null) {
      pen = false;
      continue;
    }
    const to = `${x(at).toFixed(1)},${y(tib).toFixed(1)}`;
    steps.push(pen ? `L${to}` : `M${to}l0,0`);
    pen = true;
  }
  return steps.join("");
}

/** Hours without a row are hours without a figure. */
function withGaps(hours) {
  const points = [];
  for (const { at, tib } of hours) {
    const time = Date.parse(at);
    const last = points.at(-1);
    if (last && time - last.at > 1.5 * HOUR_MS) points.push({ at: last.at + HOUR_MS, tib: null });
    points.push({ at: time, tib });
  }
  return points;
}

/**
 * The week that ended at `now`.
 *
 * @param hours [{ at, tib }], the oldest first
 * @param expected TiB, or null
 * @param label what a screen reader says instead
 */
export function sparkline(hours, expected, now, label) {
  const image = shape("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "spark", role: "img", "aria-label": label });
  const points = withGaps(hours);
  const highest = Math.max(expected ?? 0, ...points.map(({ tib }) => tib ?? 0)) * 1.05 || 1;
  const begin = now - HOURS * HOUR_MS;
  const x = (at) => Math.max(0, ((at - begin) / (HOURS * HOUR_MS)) * WIDTH);
  const y = (tib) => HEIGHT - 1 - (tib / highest) * (HEIGHT - 2);
  image.append(shape("path", { class: "ground", d: `M0,${HEIGHT - 0.5}H${WIDTH}` }));
  if (expected !== null) image.append(shape("path", { class: "expected", d: `M0,${y(expected).toFixed(1)}H${WIDTH}` }));
  image.append(shape("path", { class: "line", d: path(points, x, y) }));
  return image;
}
