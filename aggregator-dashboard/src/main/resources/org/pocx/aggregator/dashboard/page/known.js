// What several parts of the page know from the lists of the aggregator. Each list has one owner, who brings it here.

export const known = { machines: null, plots: [], overlaps: [], upstreams: [] };

let changed = () => {};

/** Takes a list that was asked for. */
export function learn(name, rows) {
  known[name] = rows;
  changed();
}

/** Calls back after each list that came. */
export function watchKnown(callback) {
  changed = callback;
}
