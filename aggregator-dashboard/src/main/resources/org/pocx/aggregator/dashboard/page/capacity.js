// The capacity of one machine: expected, measured, over a week; and the button that has the expected one learned again.

import { element, facts, toast } from "./dom.js";
import { capacity, clock, NONE, percent, whole } from "./format.js";
import { askIfThere, post } from "./live.js";
import { nowMillis } from "./now.js";
import { sparkline } from "./sparkline.js";

/** At 16 px a rem: figures, line and button. */
const HEIGHT = 150;
const DROP_HEIGHT = 24;

/** A line of a week changes little: it is not asked for with each of the row's other figures. */
const KEPT_MS = 60_000;
const KEPT = 32;

/** So many rounds are needed before a machine's own average is what is expected of it. */
const LEARNING_ROUNDS = 300;

const kept = new Map();

const pathOf = (machine, what) => `api/machines/${encodeURIComponent(machine)}/${what}`;

const interval = (low, high) => (low === null || high === null ? "" : ` (95 % certain: ${capacity(low)} to ${capacity(high)})`);

function expectedWords({ expectedCapacityTib: expected, source, learnedRounds }) {
  if (source === "configured") return `${capacity(expected)}, as configured`;
  return expected === null ? `being learned, ${whole(learnedRounds)} of ${LEARNING_ROUNDS} rounds` : `${capacity(expected)}, learned`;
}

function dropWords({ since, missing, baselineTib }) {
  return `about ${percent(missing)} of ${capacity(baselineTib)} since ${clock(since)}`;
}

function resetButton({ machineId: machine, source }) {
  const button = element("button", "more", "Reset baseline");
  button.type = "button";
  button.setAttribute("aria-label", `Reset baseline of ${machine}`);
  button.dataset.full = "After disks were added or removed on purpose";
  const then = source === "configured"
    ? "It is compared with the configured capacity from now on." : "Its capacity is learned again.";
  button.addEventListener("click", async () => {
    if (!confirm(`Forget what was expected of ${machine}, and end a finding of lost capacity? ${then}`)) return;
    button.disabled = true;
    try {
      await post(pathOf(machine, "baseline"));
      kept.delete(machine);
      toast("Reset");
    } catch (problem) {
      console.warn("not reset:", problem);
      toast("The aggregator did not reset it");
    }
    button.disabled = false;
  });
  return button;
}

async function answerOf(machine) {
  const known = kept.get(machine);
  if (known && performance.now() - known.at < KEPT_MS) return known.answer;
  const answer = await askIfThere(pathOf(machine, "capacity"), false);
  if (kept.size >= KEPT) kept.clear();
  kept.set(machine, { at: performance.now(), answer });
  return answer;
}

function describe(week) {
  const values = week.map((hour) => hour.tib).filter((tib) => tib !== null);
  if (values.length === 0) return "No capacity was measured in the last week";
  return `Capacity in the last week, by the hour: ${capacity(Math.min(...values))} to ${capacity(Math.max(...values))}, `
    + `${capacity(values.at(-1))} at last`;
}

/** What is known of a machine's capacity, and its height; nothing where this aggregator does not watch it. */
export async function capacityPart({ machineId }) {
  const answer = await answerOf(machineId);
  if (answer === null) return ["", 0];
  const { capacityDrop: drop, capacityWeek: week, measuredCapacityTib: measured } = answer;
  const list = element("dl", "detail-facts");
  facts(list, [
    ["Expected", expectedWords(answer)],
    ["Measured", measured === null ? NONE : capacity(measured) + interval(answer.measuredLowTib, answer.measuredHighTib)],
    ["Missing", drop ? dropWords(drop) : null],
  ]);
  const line = sparkline(week, answer.expectedCapacityTib, nowMillis(), describe(week));
  const figure = element("div", "week", element("p", "explain", "Over the last week; dashed: expected"), line);
  return [element("div", "capacity-part", list, figure, resetButton(answer)), HEIGHT + (drop ? DROP_HEIGHT : 0)];
}
