// What the farm won, and what it could expect to win. The section is hidden where the aggregator has no such list.

import { byId, element, idButton, text } from "./dom.js";
import { clock, counted, duration, NONE, shortId, whole, wholeTime } from "./format.js";
import { askIfThere } from "./live.js";
import { machineButton } from "./names.js";
import { nowMillis } from "./now.js";

const FIRST = 5;
const PAGE = 20;
const SHOWN_LOSSES = 5;
const FIGURE = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });
const SPANS = { day: "Last 24 hours", week: "Last 7 days", all: "All time" };

let shownFor = null;
let next = null;

function luckRow([span, label], { won, expected, luck, low, high }) {
  const head = element("th", "", label);
  head.scope = "row";
  const range = luck === null || low === null || high === null ? NONE : `${PERCENT.format(low)} to ${PERCENT.format(high)}`;
  return element("tr", span, head,
    element("td", "number won", whole(won)),
    element("td", "number", expected > 0 ? FIGURE.format(expected) : NONE),
    element("td", "number", luck === null ? NONE : PERCENT.format(luck)),
    element("td", "number", range));
}

function time(iso) {
  const node = element("time", "", clock(iso));
  node.dateTime = iso;
  node.dataset.full = wholeTime(iso);
  return node;
}

function row(block) {
  const fate = element("td", "number", block.orphaned ? "orphaned" : duration(block.pocTime));
  if (block.orphaned) fate.dataset.state = "warn";
  return element("tr", block.orphaned ? "orphaned" : "",
    element("td", "", whole(block.height)),
    element("td", "", time(block.time)),
    element("td", "", block.machineId === null ? "another machine or elsewhere" : machineButton(block.machineId)),
    element("td", "", idButton(block.accountId, shortId(block.accountId))),
    fate);
}

function lossLine(loss) {
  return element("li", "", `Block ${whole(loss.height)}, `, time(loss.time), `: poc_time ${duration(loss.pocTime)} of `,
    machineButton(loss.machineId), " for ", idButton(loss.accountId, shortId(loss.accountId)));
}

/** How long ago the last block was won, or that there is none yet. */
function lastWin([last]) {
  if (!last) return "No block won yet.";
  const secs = (nowMillis() - Date.parse(last.time)) / 1000;
  return `The last one ${duration(secs)} ago.`;
}

function show(answer) {
  byId("blocks-section").hidden = false;
  byId("luck").replaceChildren(...Object.entries(SPANS).map((span) => luckRow(span, answer.luck[span[0]])));
  text(byId("blocks-last"), lastWin(answer.blocks.filter((block) => !block.orphaned)));
  text(byId("blocks-note"), answer.unseenBlocks > 0
    ? `${counted(answer.unseenBlocks, "block was", "blocks were")} not seen and not counted as luck.` : "");
  byId("losses-part").hidden = answer.probableLosses.length === 0;
  byId("losses").replaceChildren(...answer.probableLosses.slice(0, SHOWN_LOSSES).map(lossLine));
}

function showMore(cursor) {
  next = cursor;
  byId("blocks-more").hidden = next === null;
}

async function load() {
  try {
    const answer = await askIfThere(`api/blocks?limit=${FIRST}`);
    if (answer === null) return;
    show(answer);
    byId("blocks-table").hidden = answer.blocks.length === 0;
    byId("blocks").replaceChildren(...answer.blocks.map(row));
    showMore(answer.next);
  } catch (problem) {
    console.warn("no blocks:", problem);
  }
}

async function older() {
  try {
    const answer = await askIfThere(`api/blocks?limit=${PAGE}&before=${next}`);
    byId("blocks").append(...answer.blocks.map(row));
    showMore(answer.next);
  } catch (problem) {
    console.warn("no blocks:", problem);
  }
}

/** Asked for once a round: expected wins grow with each. */
export function showBlocks(now) {
  const current = now.round ? now.round.blockHash : "";
  if (shownFor === current) return;
  shownFor = current;
  load();
}

export function blockHappened({ kind }) {
  if (["block_won", "block_orphaned", "probable_loss"].includes(kind)) load();
}

export function startBlocks() {
  byId("blocks-more").addEventListener("click", older);
}
