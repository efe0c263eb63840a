// The upstreams, where there are several: which one is active, and the state of each.

import { byId, element } from "./dom.js";
import { whole } from "./format.js";
import { known, learn } from "./known.js";
import { askIfThere } from "./live.js";

const EVERY_MS = 5000;

const isTrouble = ({ state }) => state !== "ok" && state !== "unknown";

function item(upstream) {
  const said = [upstream.active ? "active" : "standby", upstream.state];
  if (upstream.latencyMs !== null) said.push(`${whole(upstream.latencyMs)} ms`);
  if (upstream.lastError) said.push(upstream.lastError);
  const made = element("li", upstream.active ? "active" : "", element("span", "called", upstream.name), said.join(", "));
  made.dataset.state = isTrouble(upstream) ? "bad" : "good";
  return made;
}

function show(upstreams) {
  if (JSON.stringify(upstreams) === JSON.stringify(known.upstreams)) return;
  byId("upstreams-part").hidden = upstreams.length < 2;
  byId("upstreams").replaceChildren(...upstreams.map(item));
  learn("upstreams", upstreams);
}

/** Asks for the upstreams now, and every few seconds; not again where this aggregator has no such list. */
export async function watchUpstreams() {
  try {
    if (!document.hidden) {
      const answer = await askIfThere("api/upstreams");
      if (answer === null) return;
      show(answer.upstreams);
    }
  } catch (problem) {
    console.warn("no upstreams:", problem);
  }
  setTimeout(watchUpstreams, EVERY_MS);
}
