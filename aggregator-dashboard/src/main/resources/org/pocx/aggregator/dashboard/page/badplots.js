// Plots of which checks found nonces with another quality than their machines stated. The section is hidden without any.

import { byId, element, idButton, text } from "./dom.js";
import { clock, shortId, whole, wholeTime } from "./format.js";
import { learn } from "./known.js";
import { askIfThere } from "./live.js";
import { machineButton } from "./names.js";

const SHOWN = 100;

let shownAt = "";

function rowOf(plot) {
  const seen = element("time", "", clock(plot.lastSeen));
  seen.dateTime = plot.lastSeen;
  seen.dataset.full = wholeTime(plot.lastSeen);
  const range = plot.firstBadNonce === plot.lastBadNonce
    ? whole(plot.firstBadNonce) : `${whole(plot.firstBadNonce)} to ${whole(plot.lastBadNonce)}`;
  return element("tr", "",
    element("td", "", machineButton(plot.machineId)),
    element("td", "", idButton(plot.accountId, shortId(plot.accountId))),
    element("td", "", idButton(plot.seed, shortId(plot.seed))),
    element("td", "number", range),
    element("td", "number", `${whole(plot.bad)} of ${whole(plot.checked)}`),
    element("td", "number", seen));
}

/** Shows the plots, and asks for them where their number of bad nonces changed. */
export async function showBadPlots({ farm }) {
  const signature = `${farm.badPlots}/${farm.badNonces}`;
  if (signature === shownAt) return;
  shownAt = signature;
  try {
    const answer = farm.badPlots > 0 ? await askIfThere(`api/plots?limit=${SHOWN}`) : null;
    const { items, total } = answer ?? { items: [], total: 0 };
    byId("bad-plots-section").hidden = items.length === 0;
    text(byId("bad-plots-count"), total > items.length ? `${whole(items.length)} of ${whole(total)}` : whole(total));
    byId("bad-plots").replaceChildren(...items.map(rowOf));
    learn("plots", items);
  } catch (problem) {
    shownAt = "";
    console.warn("no plots:", problem);
  }
}
