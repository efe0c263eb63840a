// Groups of machines: which lines a table has when its rows are in groups that fold. Pure.

import { isSilent } from "./findings.js";

/** Machines without a group come last, under this heading. */
const NO_GROUP = "without a group";
const COUNTS = ["received", "refused", "filtered", "superseded", "pending", "confirmed", "confirmedWorse", "takenOver", "rejected", "stale", "expired"];

/** 10.0.0.9 before 10.0.0.10. */
export function naturally(name) {
  return name.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}

const sum = (rows, figure) => rows.reduce((all, row) => all + (figure(row) ?? 0), 0);

/** A group as a row: the sums of its machines; `of` is how many it has when all are shown. */
function groupRow(name, machines, of) {
  const counts = Object.fromEntries(COUNTS.map((count) => [count, sum(machines, (row) => row.counts[count])]));
  return {
    isGroup: true, name: name ?? NO_GROUP, id: `\u0001${name ?? ""}` /* no machine has such an id */, last: name === null, machines: machines.length, of,
    silentCount: machines.filter(isSilent).length,
    suspectCount: machines.filter((row) => row.suspect).length,
    dropCount: machines.filter((row) => row.capacityDrop).length,
    toCheck: machines.filter((row) => row.suspect || isSilent(row) || row.capacityDrop).length,
    totalCapacityTib: sum(machines, (row) => row.totalCapacityTib),
    submissions24h: sum(machines, (row) => row.submissions24h),
    missedRounds: Math.min(...machines.map((row) => row.missedRounds)),
    lastSeenSecsAgo: Math.min(...machines.map((row) => row.lastSeenSecsAgo)),
    accountCount: null,
    counts,
  };
}

function byGroup(rows) {
  const groups = new Map();
  for (const row of rows) {
    const name = row.group ?? null;
    if (!groups.has(name)) groups.set(name, []);
    groups.get(name).push(row);
  }
  return groups;
}

export const hasGroups = (rows) => rows.some((row) => row.group !== null && row.group !== undefined);

/**
 * The groups of the rows that are shown, in no order yet: pairs of a group's row and its machines.
 *
 * @param shown the rows that the search leaves
 * @param all all rows
 */
export function groupsOf(shown, all) {
  const sizes = new Map([...byGroup(all)].map(([name, rows]) => [name, rows.length]));
  return [...byGroup(shown)].map(([name, rows]) => [groupRow(name, rows, sizes.get(name)), rows]);
}
