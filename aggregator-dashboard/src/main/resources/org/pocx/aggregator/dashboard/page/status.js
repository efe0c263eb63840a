import { byId, element, facts, text } from "./dom.js";
import { ago, counted, duration, NONE, whole } from "./format.js";

/** Without a word for that long the page says that it is out of date. */
export const OUT_OF_DATE_SECS = 12;

/** Rounds without a confirmed nonce that are no chance any more. */
const QUIET_ROUNDS = 10;

function named(names, count) {
  const list = names.join(", ");
  return count > names.length ? `${list} and ${whole(count - names.length)} more` : list;
}

/** What is wrong, the worst first: what it is, and what to do. */
function problemsOf(now, silenceSecs) {
  const found = [];
  const problem = (state, what, advice) => found.push({ state, what, advice });
  if (silenceSecs > OUT_OF_DATE_SECS) {
    problem("bad", "No word from the aggregator: these figures are old.",
      "See whether it runs, and whether this screen reaches it. The page comes back by itself.");
  }
  if (!now.upstream.up) {
    problem("bad", `The upstream does not answer as it should: ${now.upstream.problem || "no answer yet"}.`,
      advice(now.upstream.problem));
  } else if (now.upstream.problem) {
    problem("bad", `The upstream answers, but ${now.upstream.problem}.`,
      "Wait until it has caught up, or update the node. Good nonces are kept as long as their round is open.");
  } else if (recentlyLocked(now)) {
    problem("bad", "The wallet is locked, and nonces wait.", "Unlock it at the node; nothing is lost meanwhile.");
  }
  if (!now.store.writable) {
    problem("bad", `Nonces are not made durable: ${now.store.problem}.`,
      "Mend that (disk space, rights); no restart is needed. Mining goes on without.");
  }
  const { farm } = now;
  const quiet = now.upstream.lastConfirmedSecsAgo ?? now.uptimeSecs;
  if (now.upstream.up && farm.machines > 0 && quiet > QUIET_ROUNDS * now.blockTimeSecs) {
    problem("warn", `No nonce was confirmed for more than ${QUIET_ROUNDS} rounds.`,
      "Look at what was rejected, below, and whether the machines find their plots.");
  }
  if (farm.silentMachines > 0) {
    problem("warn", `${counted(farm.silentMachines, "machine is", "machines are")} silent: ${named(farm.silent, farm.silentMachines)}.`,
      "See to power, network and the miner there.");
  }
  if (farm.suspectMachines > 0) {
    problem("warn",
      `${counted(farm.suspectMachines, "machine has", "machines have")} bad nonces (rejected, or worse than claimed): ${named(farm.suspect, farm.suspectMachines)}.`,
      "Check the plots there; the words of the upstream are in the table.");
  }
  if (farm.badPlots > 0) {
    problem("warn",
      `${counted(farm.badPlots, "plot has", "plots have")} nonces that are worse than their machines stated.`,
      "The list below names them. Check the disks there, and plot these files again.");
  }
  if (farm.droppedMachines > 0) {
    problem("warn", `${counted(farm.droppedMachines, "machine", "machines")} lost capacity: ${named(farm.dropped, farm.droppedMachines)}.`,
      "Check the disks and plot files there. After a planned change, reset the baseline in the machine's row.");
  }
  if (farm.overlaps > 0) {
    problem("warn", `${counted(farm.overlaps, "pair of machines mines", "pairs of machines mine")} the same plot files.`,
      "See the events below for their names, and remove the files that both have from one of them.");
  }
  const rejected = now.round && now.round.counts ? now.round.counts.rejected : 0;
  if (rejected > 0) {
    const { machineId, words } = now.round.lastRejection || { machineId: "an unknown machine", words: "" };
    problem("warn",
      `${counted(rejected, "nonce", "nonces")} of this round ${Number(rejected) === 1 ? "was" : "were"} rejected, the last one of ${machineId}${words ? `: “${words}”` : ""}.`,
      "Where that goes on, check the plots there.");
  }
  if (farm.machines === 0) {
    problem("warn", "No machine mines here yet.", "Point the miners at this aggregator's miner port.");
  }
  return found;
}

function advice(words) {
  if (/not running/i.test(words)) return "Start the node. Good nonces are kept and sent when it is back.";
  if (isWalletLocked(words)) return "Unlock the wallet at the node. Good nonces are kept and sent then.";
  if (/401|403|unauthori[sz]ed|credential|cookie/i.test(words)) {
    return "Check the credentials in the configuration. Good nonces are kept and sent when they are right.";
  }
  return "Check the pool or node and the way to it. Good nonces are kept and sent when it is back.";
}

function isWalletLocked(words) {
  return /wallet.*\block|\block.*wallet|passphrase/i.test(words);
}

function recentlyLocked(now) {
  const [last] = now.upstream.errors;
  return Boolean(last) && isWalletLocked(last.words)
    && Date.parse(now.at) - Date.parse(last.at) < 60_000;
}

/** Shows how all is; `aged` seconds after the summary came. */
export function showStatus(now, aged) {
  const problems = problemsOf(now, aged);
  const [first, ...others] = problems;
  const round = now.round ? `mining block ${whole(now.round.height)}` : "waiting for the first block";
  byId("status").dataset.state = first ? first.state : "good";
  document.body.classList.toggle("outdated", aged > OUT_OF_DATE_SECS);
  text(byId("headline"), first ? first.what : `All is well: ${round}.`);
  text(byId("advice"), first ? first.advice : "");
  const list = byId("problems");
  const signature = JSON.stringify(others);
  if (list.dataset.shown !== signature) {
    list.dataset.shown = signature;
    list.replaceChildren(...others.map((problem) => {
      const item = element("li", "", element("strong", "", problem.what), " ", problem.advice);
      item.dataset.state = problem.state;
      return item;
    }));
  }
  const confirmed = now.upstream.lastConfirmedSecsAgo;
  facts(byId("status-facts"), [
    ["Upstream", now.upstream.up ? `answers, ${round}` : "away"],
    ["Last confirmed", confirmed === null ? "none yet" : ago(confirmed + aged)],
    ["Store", now.store.writable ? "writes" : "does not write"],
    ["Machines", now.farm.machines === 0
      ? NONE : `${whole(Math.max(0, now.farm.machines - now.farm.silentMachines - now.farm.suspectMachines))} of ${whole(now.farm.machines)} at work`],
    ["Running for", duration(now.uptimeSecs + aged)],
  ]);
  document.title = `${first ? "⚠ " : ""}${now.round ? whole(now.round.height) : NONE} · PoCX aggregator`;
}

/** How fresh the page is. */
export function showLink(connected, aged) {
  const link = byId("link");
  const outdated = aged > OUT_OF_DATE_SECS;
  link.dataset.state = outdated ? "bad" : connected ? "good" : "waiting";
  text(link, outdated ? `out of date, ${duration(aged)} old` : connected ? "live" : "reconnecting");
}
