// The upstreams, where there are several: which one is active, and how each of them is.

import { byId, element } from "./dom.js";

const EVERY = 5000;

const latency = (upstream) => (upstream.latencyMs === null ? "–" : `${upstream.latencyMs} ms`);

function row(upstream) {
  const made = element(
    "tr", "",
    element("th", "", upstream.name),
    element("td", "", upstream.active ? "active" : "standby"),
    element("td", "", upstream.state),
    element("td", "", latency(upstream)),
    element("td", "", upstream.lastError ?? ""),
  );
  made.dataset.state = upstream.state === "ok" || upstream.state === "unknown" ? "ok" : "trouble";
  return made;
}

function show(upstreams) {
  const section = byId("upstreams-section");
  section.hidden = upstreams.length < 2;
  if (!section.hidden) byId("upstreams").replaceChildren(...upstreams.map(row));
}

/** Asks for the upstreams now, and every few seconds. What fails is asked for again. */
export async function watchUpstreams() {
  try {
    const answer = await fetch("api/upstreams");
    if (answer.ok) show((await answer.json()).upstreams);
  } catch {
    // The link above says that the aggregator is away.
  }
  setTimeout(watchUpstreams, EVERY);
}
