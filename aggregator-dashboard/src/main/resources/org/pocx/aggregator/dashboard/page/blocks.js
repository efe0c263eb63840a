import { byId, element, facts, idButton, text } from "./dom.js";
import { clock, counted, duration, NONE, shortId, whole, wholeTime } from "./format.js";
import { ask } from "./live.js";

const PAGE = 20;
const SHOWN_LOSSES = 5;
const FIGURE = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumFractionDigits: 0 });

let shownFor = null;
let next = null;

/** "3 of 2.4 expected: 125 %, by chance 26 % to 365 %" */
function luckWords({ won, expected, luck, low, high }) {
  if (luck === null) return won > 0 ? counted(won, "block", "blocks") : NONE;
  return `${whole(won)} of ${FIGURE.format(expected)} expected: ${PERCENT.format(luck)}`
    + ` (95 % certain: ${PERCENT.format(low)} to ${PERCENT.format(high)})`;
}

function row(block) {
  const height = element("td", "", whole(block.height));
  const when = element("td", "", clock(block.time));
  when.dataset.full = wholeTime(block.time);
  const account = element("td", "", idButton(block.accountId, shortId(block.accountId)));
  const machine = block.machineId === null
    ? element("td", "", "another machine or elsewhere")
    : element("td", "", idButton(block.machineId, shortId(block.machineId)));
  const time = element("td", "", block.orphaned ? "orphaned" : duration(block.pocTime));
  if (block.orphaned) time.dataset.state = "warn";
  return element("tr", "", height, when, account, machine, time);
}

function noBlocks() {
  const cell = element("td", "explain", "None yet.");
  cell.colSpan = 5;
  return element("tr", "", cell);
}

function lossLine(loss) {
  return element("li", "",
    `Should have won and did not: block ${whole(loss.height)}, ${clock(loss.time)}, poc_time ${duration(loss.pocTime)} of `,
    idButton(loss.machineId, shortId(loss.machineId)), " for ", idButton(loss.accountId, shortId(loss.accountId)));
}

function show(answer) {
  facts(byId("luck"), [
    ["Last 24 hours", luckWords(answer.luck.day)],
    ["Last 7 days", luckWords(answer.luck.week)],
    ["All time", luckWords(answer.luck.all)],
  ]);
  text(byId("blocks-note"), answer.unseenBlocks > 0
    ? `${counted(answer.unseenBlocks, "block was", "blocks were")} not seen and are no part of the luck.` : "");
  byId("losses").replaceChildren(...answer.probableLosses.slice(0, SHOWN_LOSSES).map(lossLine));
}

async function load() {
  try {
    const answer = await ask(`api/blocks?limit=${PAGE}`);
    show(answer);
    byId("blocks").replaceChildren(...(answer.blocks.length > 0 ? answer.blocks.map(row) : [noBlocks()]));
    next = answer.next;
    byId("blocks-more").hidden = next === null;
  } catch (problem) {
    console.warn("no blocks:", problem);
  }
}

async function older() {
  try {
    const answer = await ask(`api/blocks?limit=${PAGE}&before=${next}`);
    byId("blocks").append(...answer.blocks.map(row));
    next = answer.next;
    byId("blocks-more").hidden = next === null;
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

export function blockHappened(event) {
  if (["block_won", "block_orphaned", "probable_loss"].includes(event.kind)) load();
}

export function startBlocks() {
  byId("blocks-more").addEventListener("click", older);
}
