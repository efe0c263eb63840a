// The capacity of one machine: what is expected, what is measured, its last week, and the button that forgets the baseline.

import { element, toast } from "./dom.js";
import { capacity, clock, NONE, whole } from "./format.js";
import { ask, post } from "./live.js";

/** The namespace of SVG: a name that nothing is loaded from. */
const SVG = ["http:", "", "www.w3.org", "2000", "svg"].join("/");

const WIDTH = 336;
const HEIGHT = 40;
const HOURS = 168;
const HOUR_MS = 3600_000;

/** The height of what stands below the facts, at 16 px a rem. */
export const CAPACITY_HEIGHT = 92;

const path = (id) => `api/machines/${encodeURIComponent(id)}`;

/** Asks for the capacity of a machine; null when there is no answer, as the rest of the row is still worth showing. */
export async function askCapacity(id) {
  try {
    return await ask(`${path(id)}/capacity`, false);
  } catch (problem) {
    console.warn("no capacity:", problem);
    return null;
  }
}

/** The facts about a machine's capacity, as names and values. */
export function capacityFacts(answer) {
  if (answer === null) return [];
  const { capacityDrop: drop } = answer;
  return [
    ["Expected", expected(answer)],
    ["Measured", measured(answer)],
    ...(drop ? [["Dropped", `to ${capacity(drop.measuredTib)} of ${capacity(drop.baselineTib)} since ${clock(drop.since)}. `
      + "Check its disks and plot files."]] : []),
  ];
}

function expected(answer) {
  if (answer.expectedCapacityTib === null) return `${NONE} (learning: ${whole(answer.learnedRounds)} of 300 rounds)`;
  return `${capacity(answer.expectedCapacityTib)} (${answer.source})`;
}

function measured(answer) {
  if (answer.measuredCapacityTib === null) return NONE;
  const interval = answer.measuredLowTib === null
    ? "" : ` (95 %: ${capacity(answer.measuredLowTib)} to ${capacity(answer.measuredHighTib)})`;
  return capacity(answer.measuredCapacityTib) + interval;
}

/** The week as a line, and the button. */
export function capacityBox(answer) {
  const box = element("div", "capacity-box");
  if (answer !== null) box.append(sparkline(answer), resetButton(answer));
  return box;
}

function svg(name, attributes) {
  const made = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, String(value)));
  return made;
}

/** A point an hour, and the expected capacity as a line across. Hours without a usable round are gaps. */
function sparkline(answer) {
  const points = answer.capacityWeek.filter((hour) => hour.tib !== null);
  const line = svg("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, width: WIDTH, height: HEIGHT, role: "img", class: "sparkline" });
  line.setAttribute("aria-label", describe(points));
  const top = Math.max(1e-9, answer.expectedCapacityTib ?? 0, ...points.map((hour) => hour.tib)) * 1.1;
  const y = (tib) => HEIGHT - 1 - (tib / top) * (HEIGHT - 2);
  const begin = Date.parse(answer.at) - HOURS * HOUR_MS;
  const x = (hour) => ((Date.parse(hour.at) - begin) / (HOURS * HOUR_MS)) * WIDTH;
  if (answer.expectedCapacityTib !== null) {
    const level = y(answer.expectedCapacityTib);
    line.append(svg("line", { x1: 0, x2: WIDTH, y1: level, y2: level, class: "expected" }));
  }
  let last = null;
  let steps = "";
  for (const hour of points) {
    const follows = last !== null && Date.parse(hour.at) - Date.parse(last.at) <= HOUR_MS;
    steps += `${follows ? "L" : "M"}${x(hour).toFixed(1)} ${y(hour.tib).toFixed(1)}h${(WIDTH / HOURS).toFixed(1)}`;
    last = hour;
  }
  line.append(svg("path", { d: steps, class: "measured" }));
  return line;
}

function describe(points) {
  if (points.length === 0) return "No capacity was measured in the last week.";
  const values = points.map((hour) => hour.tib);
  return `Capacity in the last week, by the hour: ${capacity(Math.min(...values))} to ${capacity(Math.max(...values))}, `
    + `${capacity(values.at(-1))} at last.`;
}

function resetButton(answer) {
  const button = element("button", "reset", "Reset baseline");
  button.type = "button";
  button.setAttribute("aria-label", `Reset the baseline of ${answer.machineId}`);
  const learns = answer.source === "configured"
    ? "It is compared with the configured capacity from now on." : "Its capacity is learned anew.";
  button.addEventListener("click", async () => {
    if (!window.confirm(`Forget what is expected of ${answer.machineId}? ${learns}`)) return;
    try {
      await post(`${path(answer.machineId)}/baseline`);
      toast("Reset");
    } catch (problem) {
      console.warn("no reset:", problem);
      toast("The aggregator did not reset it");
    }
  });
  return button;
}
