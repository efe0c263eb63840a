// Plots of which checks found nonces with another quality than their machines stated. The section is hidden without any.

import { byId, element, idButton } from "./dom.js";
import { shortId, whole, wholeTime, clock } from "./format.js";
import { ask } from "./live.js";

const SHOWN = 100;

let shownAt = "";

function number(value) {
  return element("td", "number", value);
}

function rowOf(plot) {
  const seen = element("time", "", clock(plot.lastSeen));
  seen.dateTime = plot.lastSeen;
  seen.dataset.full = wholeTime(plot.lastSeen);
  const range = plot.firstBadNonce === plot.lastBadNonce
    ? whole(plot.firstBadNonce) : `${whole(plot.firstBadNonce)} to ${whole(plot.lastBadNonce)}`;
  return element("tr", "",
    element("td", "name", idButton(plot.machineId, shortId(plot.machineId))),
    element("td", "", idButton(plot.accountId, shortId(plot.accountId))),
    element("td", "", idButton(plot.seed, shortId(plot.seed))),
    number(range),
    number(`${whole(plot.bad)} of ${whole(plot.checked)}`),
    element("td", "number", seen));
}

/** Shows the plots, and asks for them where their number of bad nonces changed. */
export async function showBadPlots({ farm }) {
  const signature = `${farm.badPlots}/${farm.badNonces}`;
  if (signature === shownAt) return;
  shownAt = signature;
  try {
    const { items, total } = farm.badPlots > 0 ? await ask(`api/plots?limit=${SHOWN}`) : { items: [], total: 0 };
    byId("bad-plots-section").hidden = items.length === 0;
    byId("bad-plots-count").textContent = total > items.length ? `${whole(items.length)} of ${whole(total)}` : whole(total);
    byId("bad-plots").replaceChildren(...items.map(rowOf));
  } catch (problem) {
    shownAt = "";
    console.warn("no plots:", problem);
  }
}
