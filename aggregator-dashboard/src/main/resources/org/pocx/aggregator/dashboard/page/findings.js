// What needs action, by severity: what it is, and what to do. Pure: figures in, findings out.

import { called, calledWithId } from "./names.js";
import { capacity, counted, percent, shortId, whole } from "./format.js";

/** Without a summary for that long the page says that it is out of date. */
export const OUT_OF_DATE_SECS = 12;

/** Rounds without a confirmed nonce that are no chance any more. */
const QUIET_ROUNDS = 10;

/** So many machines of a kind have a finding each; more are one finding together. */
const EACH = 2;
const NAMED = 3;

export const isSilent = (machine) => machine.silent || !machine.isActive;

/** "a, b and c", "a, b, c and 9 more" */
function listed(ids) {
  const names = ids.slice(0, NAMED).map(called);
  if (ids.length > NAMED) return `${names.join(", ")} and ${whole(ids.length - NAMED)} more`;
  return names.length === 1 ? names[0] : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

const bad = (what, advice) => ({ state: "bad", what, advice, machines: [] });
const warn = (what, advice, machines = [], filter = "") => ({ state: "warn", what, advice, machines, filter });

/** A finding for each machine, or one for all of them. */
function each(machines, one, all) {
  if (machines.length === 0) return [];
  return machines.length <= EACH ? machines.map(one) : [all(machines.map((machine) => machine.machineId))];
}

// ---- the upstream and the store: nonces wait or are not safe

export function isWalletLocked(words) {
  return /wallet.*\block|\block.*wallet|passphrase/i.test(words);
}

function recentlyLocked({ at, upstream }) {
  const [last] = upstream.errors;
  return Boolean(last) && isWalletLocked(last.words) && Date.parse(at) - Date.parse(last.at) < 60_000;
}

function whenUnreachable(words) {
  if (/not running/i.test(words)) return "Start the node. Good nonces are kept and sent when it answers again.";
  if (isWalletLocked(words)) return "Unlock the wallet at the node. Good nonces are kept and sent then.";
  if (/401|403|unauthori[sz]ed|credential|cookie/i.test(words)) {
    return "Check the credentials in the configuration. Good nonces are kept and sent when they are right.";
  }
  return "Check the pool or node and the network to it. Good nonces are kept and sent when it answers again.";
}

function ofUpstream(now) {
  const { up, problem } = now.upstream;
  if (!up) {
    return [bad(`The upstream does not answer as it should: ${problem || "no answer yet"}.`, whenUnreachable(problem))];
  }
  if (/synchronising/.test(problem)) {
    return [bad(`The node is synchronising: nonces of these rounds are most likely worth nothing (${problem}).`,
      "Wait until it has caught up. Mining goes on.")];
  }
  if (problem) {
    return [bad(`The upstream answers, but ${problem}.`,
      "Update the node, or load its wallet. Good nonces are kept as long as their round is open.")];
  }
  if (recentlyLocked(now)) {
    return [bad("The wallet is locked, and nonces wait.", "Unlock it at the node; nothing is lost meanwhile.")];
  }
  return [];
}

/** Without a machine at work there is nothing to confirm, and the silent machines are what is wrong. */
function ofQuiet({ farm, upstream, uptimeSecs, blockTimeSecs }) {
  const quiet = upstream.lastConfirmedSecsAgo ?? uptimeSecs;
  if (farm.counts.takenOver > 0 && upstream.lastConfirmedSecsAgo === null) return []; // it reports no verdicts
  return upstream.up && farm.machines > farm.silentMachines && quiet > QUIET_ROUNDS * blockTimeSecs
    ? [warn(`No nonce was confirmed for more than ${QUIET_ROUNDS} rounds.`,
      "Check what was rejected, below, and whether the miners find their plot files.")]
    : [];
}

function ofStore({ store }) {
  return store.writable ? [] : [bad(`Nonces are not written to disk: ${store.problem}.`,
    "Check the disk space and the rights of the database; no restart is needed. Mining goes on without it.")];
}

function ofBackups(upstreams) {
  if (upstreams.length < 2) return [];
  const [preferred] = upstreams;
  const active = upstreams.find((one) => one.active);
  const why = ({ state, lastError }) => (state === "ok" || state === "unknown" ? "" : ` (${lastError || state})`);
  if (active && active !== preferred) {
    return [warn(`Mining with the backup ${active.name} instead of ${preferred.name}${why(preferred)}.`,
      `Check ${preferred.name}. It is used again once it answers without errors.`)];
  }
  return upstreams.filter((one) => !one.active && why(one) !== "").map((one) =>
    warn(`The backup ${one.name} cannot be used${why(one)}.`, "Check it, so that it can take over when it is needed."));
}

// ---- machines

function drop({ machineId, capacityDrop: { missing, baselineTib, measuredTib } }) {
  const left = measuredTib === null ? "" : `: ${capacity(measuredTib)} of ${capacity(baselineTib)}`;
  return warn(`${calledWithId(machineId)}: about ${percent(missing)} of its capacity is missing${left}.`,
    "Check its disks and plot files. After a planned change, reset the baseline in its row.", [machineId], "dropped");
}

function plot({ machineId, bad: wrong, checked }) {
  return warn(`${calledWithId(machineId)}: ${whole(wrong)} of ${whole(checked)} checked nonces of a plot file are wrong.`,
    "Check the disk, and plot the file again.", [machineId]);
}

/** "18 of 18 nonces rejected" */
function badNonces({ counts: { confirmed, confirmedWorse, rejected } }) {
  const all = confirmed + rejected;
  const wrong = confirmedWorse + rejected;
  if (wrong * 2 <= all || wrong === 0) return "most of its latest nonces were rejected, or worse than claimed";
  const kinds = confirmedWorse === 0 ? "rejected" : rejected === 0 ? "worse than claimed" : "rejected, or worse than claimed";
  return `${whole(wrong)} of ${counted(all, "nonce", "nonces")} ${kinds}`;
}

/** Names the plot files, too, where checks found them. */
const suspect = (plots) => (machine) => {
  const said = machine.lastRejection ? ` The upstream says: “${machine.lastRejection}”` : "";
  const seeds = plots.filter((row) => row.machineId === machine.machineId).map((row) => shortId(row.seed));
  return warn(`${calledWithId(machine.machineId)}: ${badNonces(machine)}.`,
    `Check its plot files${seeds.length > 0 ? `, those with seed ${seeds.join(", ")} first` : ""}.${said}`,
    [machine.machineId], "suspect");
};

function overlap({ machineA, machineB, nonces, rounds }) {
  return warn(`${calledWithId(machineA)} and ${calledWithId(machineB)} mine the same plot files: ${counted(nonces, "equal nonce", "equal nonces")}`
    + ` in ${counted(rounds, "round", "rounds")}.`, "Keep each plot file on one of them only.", [machineA, machineB]);
}

function ofMachines(machines, { plots, overlaps }) {
  const suspects = machines.filter((one) => one.suspect);
  const named = new Set(suspects.map((one) => one.machineId)); // their bad nonces are said once
  return [
    ...each(machines.filter((one) => one.capacityDrop), drop, (ids) =>
      warn(`${counted(ids.length, "machine", "machines")} lost capacity: ${listed(ids)}.`, "Check their disks.", ids, "dropped")),
    ...each(plots.filter((row) => !named.has(row.machineId)), plot, (ids) => warn(`${counted(ids.length, "plot file has", "plot files have")} wrong nonces: ${listed([...new Set(ids)])}.`,
      "Check these disks, and plot the files again; they are listed below.", ids)),
    ...each(suspects, suspect(plots), (ids) =>
      warn(`${counted(ids.length, "machine has", "machines have")} bad nonces (rejected, or worse than claimed): ${listed(ids)}.`,
        "Check the plot files there; the upstream's error messages are in their rows.", ids, "suspect")),
    ...silence(machines.filter(isSilent).map((one) => one.machineId)),
    ...(overlaps.length <= EACH ? overlaps.map(overlap)
      : [warn(`${counted(overlaps.length, "pair", "pairs")} of machines mine the same plot files.`,
        "Keep each plot file on one machine only; they are listed below.")]),
  ];
}

function silence(ids) {
  return ids.length === 0 ? [] : [warn(
    `${counted(ids.length, "machine is", "machines are")} silent: ${listed(ids)}.`,
    "Check power, network and the miner there.", ids, "silent")];
}

/** Until the rows of the machines are there, the summary names some of them. */
function ofSummary({ suspect: suspects, suspectMachines, silent, silentMachines }) {
  const words = (one, many, count, ids) => `${counted(count, one, many)}: ${ids.map(called).join(", ")}`
    + `${count > ids.length ? ` and ${whole(count - ids.length)} more` : ""}.`;
  return [
    ...(suspectMachines > 0 ? [warn(words("machine has bad nonces", "machines have bad nonces", suspectMachines, suspects),
      "Check the plot files there.", suspects, "suspect")] : []),
    ...(silentMachines > 0 ? [warn(words("machine is silent", "machines are silent", silentMachines, silent),
      "Check power, network and the miner there.", silent, "silent")] : []),
  ];
}

/**
 * What needs action, the most severe first.
 *
 * @param now the summary
 * @param aged seconds since it came
 * @param known machines (null until they are known), plots, overlaps and upstreams
 */
export function findingsOf(now, aged, known) {
  const { farm } = now;
  return [
    ...(aged > OUT_OF_DATE_SECS ? [bad("The aggregator does not answer: these figures are old.",
      "Check whether it runs, and whether this screen reaches it. The page connects again automatically.")] : []),
    ...ofUpstream(now),
    ...ofStore(now),
    ...ofBackups(known.upstreams),
    ...ofQuiet(now),
    ...(known.machines === null ? ofSummary(farm) : ofMachines(known.machines, known)),
    ...(farm.machines === 0 ? [warn("No machine mines here yet.", "Point the miners at this aggregator's miner port.")] : []),
  ];
}
