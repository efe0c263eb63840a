import { byId, facts, text } from "./dom.js";
import { capacity, capacityParts, counted, duration, NONE, percent, whole } from "./format.js";

function showInterval({ capacityTib, capacityLowTib: low, capacityHighTib: high, rounds }) {
  const bar = byId("interval");
  const known = low !== null && high !== null && capacityTib > 0;
  bar.hidden = !known;
  if (!known) {
    text(byId("interval-words"), capacityTib > 0 || capacityTib === 0
      ? "Too few rounds yet to say how certain that is." : "Not known yet.");
    return;
  }
  const end = high * 1.15;
  const [range, estimate] = bar.children;
  range.style.left = `${(low / end) * 100}%`;
  range.style.width = `${((high - low) / end) * 100}%`;
  estimate.style.left = `${(capacityTib / end) * 100}%`;
  text(byId("interval-words"),
    `95 % certain: ${capacity(low)} to ${capacity(high)}, by the best nonces of up to 30 rounds`
    + `${rounds < 30 ? ` (${whole(rounds)} so far)` : ""}.`);
}

/** How the farm does. */
export function showFarm(now) {
  const { farm } = now;
  const [figure, unit] = capacityParts(farm.capacityTib);
  text(byId("capacity"), figure);
  text(byId("capacity-unit"), unit);
  showInterval(farm);
  const share = farm.networkShare;
  facts(byId("farm-facts"), [
    ["Of the network", share === null ? NONE : `${percent(share)} of ${capacity(farm.networkCapacityTib)}`],
    ["A block about every", share > 0 ? duration(now.blockTimeSecs / Math.min(1, share)) : NONE],
    ["Rounds missed", farm.rounds === 0 ? NONE : `${whole(farm.missedRounds)} of the last ${whole(farm.rounds)}`],
    ["Machines", `${whole(farm.machines)}, ${whole(farm.silentMachines)} silent`],
    ["Accounts", whole(farm.accounts)],
    ["Nonces since start", `${counted(farm.counts.received, "nonce", "nonces")}: ${whole(farm.counts.confirmed)} confirmed, `
      + (farm.counts.takenOver > 0 ? `${whole(farm.counts.takenOver)} taken over, ` : "")
      + `${whole(farm.counts.rejected)} rejected, ${whole(farm.counts.filtered + farm.counts.superseded)} filtered`],
  ]);
}
