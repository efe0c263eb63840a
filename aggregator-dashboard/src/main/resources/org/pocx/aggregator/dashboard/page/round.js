import { byId, element, facts, idButton, text } from "./dom.js";
import { duration, NONE, shortId, whole, wholeTime } from "./format.js";
import { ask } from "./live.js";
import { called, machineButton } from "./names.js";

const ROUNDS_BEFORE = 8;

const FATES = {
  confirmed: ["good", "confirmed by the upstream"],
  taken_over: ["good", "taken over by the upstream, which reports no verdicts"],
  rejected: ["bad", "rejected by the upstream"],
  stale: ["warn", "called stale by the upstream; kept in case its block comes back"],
  expired: ["warn", "ended without a verdict"],
  filtered: ["plain", "held back, a better one is on its way"],
  superseded: ["plain", "held back, a better one is on its way"],
  refused: ["bad", "refused"],
};

function fateOf(best) {
  if (best.fate !== "pending") return FATES[best.fate] || ["plain", best.fate];
  if (best.inFlight) return ["wait", "on its way to the upstream"];
  return best.words ? ["warn", `waits: ${best.words}`] : ["wait", "queued for the upstream"];
}

function showElapsed(now, aged) {
  const bar = byId("elapsed");
  const elapsed = now.round ? now.round.ageSecs + aged : 0;
  bar.value = Math.min(1, elapsed / now.blockTimeSecs);
  bar.classList.toggle("over", elapsed > now.blockTimeSecs);
  text(byId("elapsed-words"), now.round
    ? `${duration(elapsed)} of about ${duration(now.blockTimeSecs)}` : NONE);
}

function showBest(best, rejected) {
  text(byId("best-time"), best ? duration(best.pocTime) : NONE);
  text(byId("best-unit"), best ? "poc_time" : rejected > 0 ? "all rejected so far" : "no nonce yet");
  const [state, words] = best ? fateOf(best) : ["plain", ""];
  const fate = byId("best-fate");
  fate.dataset.state = state;
  text(fate, words);
  facts(byId("best-facts"), best ? [
    ["Found by", machineButton(best.machineId)],
    ["For account", idButton(best.accountId, shortId(best.accountId))],
    ["Raw quality", whole(best.rawQuality)],
  ] : []);
}

/** How the round goes; `aged` seconds after the summary came. */
export function showRound(now, aged) {
  const { round } = now;
  text(byId("height"), round ? whole(round.height) : NONE);
  showElapsed(now, aged);
  showBest(round ? round.best : null, round && round.counts ? round.counts.rejected : 0);
  const rejected = round ? round.lastRejection : null;
  text(byId("rejection"), rejected
    ? `Last rejected: of ${called(rejected.machineId)}, “${rejected.words || "without a message"}”` : "");
  const counts = round ? round.counts : null;
  facts(byId("round-counts"), counts ? [
    ["received", whole(counts.received)],
    ["filtered", whole(counts.filtered)],
    ["confirmed", whole(counts.confirmed)],
    ["rejected", whole(counts.rejected)],
    ["stale", counts.stale > 0 ? whole(counts.stale) : null],
    ["without verdict", counts.expired > 0 ? whole(counts.expired) : null],
  ] : []);
}

const STATES = { confirmed: "good", taken_over: "good", rejected: "bad", account_refused: "bad", pending: "plain" };
let shownFor = null;

/** The rounds that ended last; asked for once a round, and again a little later, as verdicts come late. */
export async function showRoundsBefore(now) {
  const current = now.round ? now.round.blockHash : "";
  if (shownFor === current) return;
  shownFor = current;
  const show = async () => {
    if (shownFor !== current) return;
    try {
      const { items } = await ask(`api/rounds?limit=${ROUNDS_BEFORE + 1}`);
      const ended = items.filter((round) => round.blockHash !== current).slice(0, ROUNDS_BEFORE);
      byId("rounds").replaceChildren(...(ended.length > 0 ? ended.map(roundRow) : [noRounds()]));
    } catch (problem) {
      console.warn("no rounds:", problem);
    }
  };
  await show();
  setTimeout(show, 8000);
}

function noRounds() {
  const cell = element("td", "explain", "None yet.");
  cell.colSpan = 3;
  return element("tr", "", cell);
}

function roundRow(round) {
  const height = element("td", "", whole(round.height));
  height.dataset.full = wholeTime(round.begunAt);
  const none = round.counts.rejected > 0 ? ["all rejected", "bad"] : ["no nonce", "warn"];
  const [words, state] = round.best
    ? [round.best.fate.replace("_", " "), STATES[round.best.fate] || "warn"] : none;
  const fate = element("td", "", words);
  fate.dataset.state = state;
  return element("tr", "", height, element("td", "", round.best ? duration(round.best.pocTime) : NONE), fate);
}
