import { byId, choice, element, idButton, text } from "./dom.js";
import { clock, duration, shortId, whole, wholeTime } from "./format.js";
import { ask } from "./live.js";
import { machineButton } from "./names.js";
import { nowMillis } from "./now.js";

const PAGE = 100;
const MOST = 2000;
const KEPT_MS = 24 * 3600_000;

const KINDS = {
  started: ["rounds", "plain", "Aggregator started"],
  stopped: ["trouble", "plain", "Aggregator stopped"],
  new_round: ["rounds", "plain", "New round"],
  improvement: ["nonces", "accent", "Improvement"],
  confirmed: ["nonces", "good", "Confirmed"],
  taken_over: ["nonces", "good", "Taken over"],
  rejected: ["nonces trouble", "bad", "Rejected"],
  stale: ["nonces", "warn", "Stale"],
  expired: ["nonces trouble", "warn", "No verdict"],
  suspected: ["trouble", "warn", "Suspect"],
  upstream_down: ["trouble", "bad", "Upstream unreachable"],
  upstream_up: ["trouble", "good", "Upstream back"],
  upstream_switched: ["trouble", "warn", "Upstream switched"],
  upstream_returned: ["trouble", "good", "Upstream returned"],
  store_down: ["trouble", "bad", "Store away"],
  store_up: ["trouble", "good", "Store back"],
  machine_silent: ["trouble", "bad", "Machine silent"],
  machine_back: ["trouble", "good", "Machine back"],
  capacity_dropped: ["trouble", "warn", "Capacity dropped"],
  capacity_restored: ["trouble", "good", "Capacity restored"],
  plots_overlap: ["trouble", "warn", "Plots overlap"],
  bad_plot: ["trouble", "warn", "Bad plot"],
  block_won: ["rounds", "good", "Block won"],
  block_orphaned: ["rounds trouble", "warn", "Block orphaned"],
  probable_loss: ["rounds trouble", "warn", "Block lost"],
};

let filter = "all";
let oldest = null;

/** An outage that ends has lasted for some time; without one the upstream answers for the first time. */
function labelOf(event, label) {
  return event.kind === "upstream_up" && event.words === "" ? "Upstream reached" : label;
}

/** The event as a line; ids in it can be copied. */
function line(event) {
  const [groups, state, label] = KINDS[event.kind] || ["trouble", "plain", event.kind];
  const time = element("time", "", clock(event.at));
  time.dateTime = event.at;
  time.dataset.full = wholeTime(event.at);
  const kind = element("span", "kind", labelOf(event, label));
  kind.dataset.state = state;
  const item = element("li", "", time, kind, element("span", "what", ...words(event)));
  item.dataset.id = String(event.id);
  item.dataset.groups = groups;
  item.hidden = filter !== "all" && !groups.includes(filter);
  return item;
}

function words(event) {
  if (event.times > 1 || (event.accountId === "" && event.machineId === "" && event.kind in { confirmed: 1, taken_over: 1, rejected: 1, stale: 1 })) {
    return [`${whole(event.times)} more in block ${whole(event.height)}`];
  }
  const said = event.words ? `: ${event.words}` : "";
  if (event.kind === "new_round") return [`block ${whole(event.height)}${event.words ? `, ${event.words}` : ""}`];
  if (event.accountId && !event.machineId) {
    return [`block ${whole(event.height)} for `, idButton(event.accountId, shortId(event.accountId)), said];
  }
  if (event.accountId) {
    const time = element("span", "quality", duration(event.pocTime));
    time.dataset.full = `raw quality ${whole(event.rawQuality)}`;
    return [time, " of ",
      machineButton(event.machineId), " for ", idButton(event.accountId, shortId(event.accountId)),
      `, block ${whole(event.height)}${said}`];
  }
  if (event.machineId) return [machineButton(event.machineId), said];
  return [event.words];
}

/** Each event has its place by its id, the newest on top. */
function put(event) {
  const list = byId("events");
  let next = list.firstElementChild;
  while (next && Number(next.dataset.id) > event.id) next = next.nextElementSibling;
  if (next && Number(next.dataset.id) === event.id) return;
  list.insertBefore(line(event), next);
}

export function addEvent(event) {
  const list = byId("events");
  put(event);
  while (list.children.length > MOST) list.lastElementChild.remove();
  showNone();
}

/** After a break: the stream tells only so much of what was missed. Where a page is not enough the list begins anew. */
export async function catchUp() {
  const list = byId("events");
  const newest = Number(list.firstElementChild?.dataset.id ?? 0);
  try {
    const page = await ask(`api/events?limit=${PAGE}`);
    if (page.nextBefore !== null && page.items.at(-1).id > newest) {
      for (const item of [...list.children]) if (Number(item.dataset.id) <= newest) item.remove();
      oldest = page.nextBefore;
      byId("events-more").hidden = false;
    }
    page.items.forEach(put);
    showNone();
  } catch (problem) {
    console.warn("no events:", problem);
  }
}

/** What is older than a day leaves; yesterday's have their day beside the hour. */
function age() {
  for (const item of [...byId("events").children]) {
    const time = item.firstElementChild;
    if (nowMillis() - Date.parse(time.dateTime) > KEPT_MS) item.remove();
    else text(time, clock(time.dateTime));
  }
  showNone();
}

function showNone() {
  byId("events-none").hidden = [...byId("events").children].some((item) => !item.hidden);
}

/** Shows more of the past. The first ones wait until it is known what time it is. */
export async function older() {
  try {
    const page = await ask(`api/events?limit=${PAGE}${oldest === null ? "" : `&before=${oldest}`}`);
    const list = byId("events");
    page.items.forEach(put);
    oldest = page.nextBefore;
    byId("events-more").hidden = oldest === null || list.children.length >= MOST;
    showNone();
  } catch (problem) {
    console.warn("no events:", problem);
    byId("events-more").hidden = false;
  }
}

export function startEvents() {
  byId("events-more").addEventListener("click", older);
  choice(byId("events-filter"), "filter", (chosen) => {
    filter = chosen;
    for (const item of byId("events").children) {
      item.hidden = filter !== "all" && !item.dataset.groups.includes(filter);
    }
    showNone();
  });
  setInterval(age, 60_000);
}
