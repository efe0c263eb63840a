// Machines that mine the same plot files. The section is hidden without any.

import { byId, element } from "./dom.js";
import { clock, whole, wholeTime } from "./format.js";
import { learn } from "./known.js";
import { askIfThere } from "./live.js";
import { machineButton } from "./names.js";

const EVERY_MS = 60_000;
const SHOWN = 100;

let there = true;

function rowOf(overlap) {
  const since = element("time", "", clock(overlap.since));
  since.dateTime = overlap.since;
  since.dataset.full = wholeTime(overlap.since);
  return element("tr", "",
    element("td", "", machineButton(overlap.machineA)),
    element("td", "", machineButton(overlap.machineB)),
    element("td", "number", whole(overlap.nonces)),
    element("td", "number", whole(overlap.rounds)),
    element("td", "number", since));
}

async function load() {
  if (!there) return;
  try {
    const answer = await askIfThere(`api/overlaps?limit=${SHOWN}`);
    there = answer !== null;
    const items = answer?.items ?? [];
    byId("overlaps-section").hidden = items.length === 0;
    byId("overlaps").replaceChildren(...items.map(rowOf));
    learn("overlaps", items);
  } catch (problem) {
    console.warn("no overlaps:", problem);
  }
}

export function overlapHappened({ kind }) {
  if (kind === "plots_overlap") load();
}

export function startOverlaps() {
  load();
  setInterval(() => {
    if (!document.hidden) load();
  }, EVERY_MS);
}
