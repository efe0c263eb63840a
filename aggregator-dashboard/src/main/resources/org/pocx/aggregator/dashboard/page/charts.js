import { byId, choice, press, recall, remember, scaled, text } from "./dom.js";
import { capacity, capacityUnit, counted, duration, NONE, whole } from "./format.js";
import { ask } from "./live.js";

/* global uPlot */

const REFRESH_MS = { hour: 15_000, day: 60_000, week: 120_000 };

/** How many seconds a bar stands for. Each shows a rate an hour, so that the ranges can be compared. */
const BAR_SECS = { hour: 300, day: 3600, week: 6 * 3600 };

const plots = new Map();
const KEY = "pocx-range";
const YOUNG_SECS = 2 * 3600;

let range = "day";
let chosenByReader = false;
let series = null;
let timer = 0;

/** A colour of the style as it is in this theme, for the canvas. */
function colour(name) {
  const probe = byId("charts-note");
  probe.style.color = `var(${name})`;
  const found = getComputedStyle(probe).color;
  probe.style.color = "";
  return found;
}

const sans = () => getComputedStyle(document.body).fontFamily;
const rounded = (value) => (value === null || value === undefined ? NONE : whole(Math.round(value)));
const millis = (value) => (value === null || value === undefined ? NONE : `${value < 10 ? value.toFixed(1) : Math.round(value)} ms`);

const WHEN = new Intl.DateTimeFormat(undefined, { weekday: "short", hour: "2-digit", minute: "2-digit" });
const HOUR_MARK = new Intl.DateTimeFormat(undefined, { hour: "numeric", minute: "2-digit" });
const DAY_MARK = new Intl.DateTimeFormat(undefined, { weekday: "short", day: "numeric" });

/** A mark of the time axis: the hour, or the day where the range is a week. */
function timeMark(at) {
  return (range === "week" ? DAY_MARK : HOUR_MARK).format(new Date(at * 1000));
}

function axes(format) {
  const style = {
    stroke: colour("--soft"), font: `${Math.round(scaled(11))}px ${sans()}`, grid: { stroke: colour("--hair"), width: 1 },
    ticks: { show: false },
  };
  return [
    { ...style, grid: { show: false }, space: scaled(70), gap: 6, size: scaled(26), values: (plot, values) => values.map(timeMark) },
    { ...style, size: (plot, marks) => scaled(Math.max(46, ...(marks || []).map((mark) => 7 * mark.length + 6))), gap: 4, space: scaled(32), values: (plot, values) => values.map((value) => format(value)) },
  ];
}

const heightNow = () => Math.round(scaled(150));

/** Where nothing is pointed at, the legend has the last values that are known. */
function showLast(plot) {
  if (plot.cursor.idx !== null && plot.cursor.idx !== undefined && plot.cursor.left >= 0) return;
  const last = plot.data[1].findLastIndex((value) => value !== null && value !== undefined);
  if (last >= 0) plot.setLegend({ idx: last }, false);
}

function options(node, lines, format, scale) {
  return {
    width: node.clientWidth || 300,
    height: heightNow(),
    hooks: { setCursor: [(plot) => showLast(plot)], ready: [(plot) => showLast(plot)] },
    cursor: { y: false, points: { size: scaled(7) }, drag: { x: false, y: false } },
    legend: { live: true },
    // The whole range, whatever of it is known; the last step goes on until now.
    scales: { x: { time: true, range: () => [series.time[0], series.time.at(-1) + series.stepSecs] }, y: { range: scale } },
    axes: axes(format),
    series: [{ label: "at", value: (plot, at) => (at === null || at === undefined ? NONE : WHEN.format(new Date(at * 1000))) }, ...lines],
  };
}

/** From zero to a little above the highest value. */
const fromZero = (plot, low, high) => [0, high > 0 ? high * 1.08 : 1];

function draw(id, data, lines, format, scale = fromZero) {
  const node = byId(id);
  plots.get(id)?.destroy();
  node.replaceChildren();
  const plot = new uPlot(options(node, lines, format, scale), data, node);
  plots.set(id, plot);
}

/** Confirmed, rejected and both together, in nonces an hour, over longer steps. */
function added(seconds) {
  const each = Math.max(1, Math.round(seconds / series.stepSecs));
  const time = [];
  const confirmed = [];
  const rejected = [];
  series.time.forEach((at, i) => {
    const bar = Math.floor(at / (each * series.stepSecs)) * each * series.stepSecs;
    if (time.at(-1) !== bar) {
      time.push(bar);
      confirmed.push(null);
      rejected.push(null);
    }
    if (series.confirmed[i] !== null) {
      confirmed[confirmed.length - 1] = (confirmed.at(-1) || 0) + series.confirmed[i];
      rejected[rejected.length - 1] = (rejected.at(-1) || 0) + series.rejected[i];
    }
  });
  // The first and the last bar may stand for less than the others.
  const hours = (at) => {
    const begin = Math.max(at, series.time[0]);
    const end = Math.min(at + each * series.stepSecs, Date.parse(series.to) / 1000);
    return Math.max(60, end - begin) / 3600;
  };
  const rate = (sums) => sums.map((sum, i) => (sum === null ? null : sum / hours(time[i])));
  const both = confirmed.map((sum, i) => (sum === null ? null : sum + rejected[i]));
  return { time, confirmed: rate(confirmed), rejected: rate(rejected), both: rate(both) };
}

function show() {
  const accent = colour("--accent");
  const second = colour("--accent-2");
  const bars = uPlot.paths.bars({ size: [0.75, scaled(60)], align: 1 });
  const byRound = series.stepSecs <= 300;
  const points = { show: true, size: scaled(4), fill: accent, stroke: accent };
  const line = (label, stroke, value, more = {}) => ({ label, stroke, width: scaled(1.5), value: (plot, at) => value(at), points: { show: false }, ...more });
  const [unit, tib] = capacityUnit(Math.max(...series.capacityTib));
  text(byId("plot-capacity-unit"), unit);
  draw("plot-capacity", [series.time, series.capacityTib.map((value) => (value === null ? null : value / tib))],
    [line("capacity", accent, (value) => capacity(value === null ? null : value * tib),
      { spanGaps: false, points: lonely(series.capacityTib, accent) })],
    (value) => whole2(value));
  const dots = (label, stroke) => line(label, stroke, duration, { paths: () => null, points: { ...points, fill: stroke, stroke } });
  draw("plot-best", byRound ? [series.time, series.meanPocTime] : [series.time, series.meanPocTime, series.bestPocTime],
    byRound ? [dots("best", accent)] : [dots("mean", accent), dots("lowest", second)], (value) => whole2(value));
  // One bar on the other: that of both together shows what was rejected above what was confirmed.
  const sums = added(BAR_SECS[range]);
  const bar = (label, fill, values) => line(label, fill, rounded,
    { fill, width: 0, paths: bars, value: (plot, at, series, i) => rounded(values[i]) });
  draw("plot-verdicts", [sums.time, sums.both, sums.confirmed],
    [bar("rejected", colour("--bad"), sums.rejected), bar("confirmed", accent, sums.confirmed)],
    (value) => whole2(value), (plot, low, high) => [0, Math.max(2, high * 1.08)]);
  draw("plot-latency", [series.time, series.latencyMedianMs, series.latency95Ms],
    [line("median", accent, millis, { points: lonely(series.latencyMedianMs, accent) }),
      line("95 %", second, millis, { points: lonely(series.latency95Ms, second), dash: [4, 3] })],
    (value) => whole2(value));
  const missed = series.roundsWithoutNonce.reduce((sum, value) => sum + value, 0);
  const rounds = series.rounds.reduce((sum, value) => sum + value, 0);
  text(byId("charts-note"), rounds === 0
    ? "No round is recorded in this range yet." : `${counted(rounds, "round", "rounds")}, ${whole(missed)} of them without a nonce of this farm.`);
}

/** A value without a neighbour makes no line: it is shown as a point. */
function lonely(values, stroke) {
  const show = values.filter((value) => value !== null).length < values.length / 6;
  return { show, size: scaled(4), fill: stroke, stroke };
}

function whole2(value) {
  return value === null ? "" : new Intl.NumberFormat(undefined, { notation: "compact", maximumSignificantDigits: 3 }).format(value);
}

async function refresh() {
  clearTimeout(timer);
  const asked = range;
  try {
    const answer = await ask(`api/series?range=${asked}`, false);
    if (asked === range) {
      series = answer;
      if (!chosenByReader && range === "day" && isYoung()) {
        setRange("hour");
        return;
      }
      show();
    }
  } catch (problem) {
    console.warn("no charts:", problem);
  }
  timer = setTimeout(refresh, REFRESH_MS[range]);
}

/** Nothing is known of before the last two hours: a day would show little but emptiness. */
function isYoung() {
  const first = series.time.find((at, i) => series.received[i] !== null);
  return first === undefined || first > series.time.at(-1) - YOUNG_SECS;
}

function setRange(chosen) {
  range = chosen;
  press(byId("range"), byId("range").querySelector(`[data-range="${chosen}"]`));
  refresh();
}

/** Draws again in the colours of now. */
export function redraw() {
  if (series) show();
}

export function startCharts() {
  const kept = recall(KEY);
  if (kept in REFRESH_MS) {
    range = kept;
    chosenByReader = true;
  }
  choice(byId("range"), "range", (chosen) => {
    chosenByReader = true;
    remember(KEY, chosen);
    setRange(chosen);
  });
  let waiting = 0;
  new ResizeObserver(() => {
    cancelAnimationFrame(waiting);
    waiting = requestAnimationFrame(() => {
      for (const [id, plot] of plots) plot.setSize({ width: byId(id).clientWidth, height: heightNow() });
    });
  }).observe(byId("plot-capacity"));
  setRange(range);
}
