import { byId, element, facts, text } from "./dom.js";
import { findingsOf, OUT_OF_DATE_SECS } from "./findings.js";
import { ago, counted, duration, NONE, whole } from "./format.js";
import { known } from "./known.js";

/** So many findings are listed below the first one. */
const LISTED = 7;

let machines = null;

/** Takes the table that the findings point to. */
export function startStatus(table) {
  machines = table;
}

/** Leads to the machines of a finding: the only one, or all in that state. */
function leadTo({ machines: ids, filter }) {
  if (ids.length === 0) return "";
  const one = ids.length === 1 || filter === "";
  const button = element("button", "go", one ? "Show the machine" : "Show them");
  button.type = "button";
  button.addEventListener("click", () => (one ? machines.reveal(ids[0]) : machines.only(filter)));
  return button;
}

function listItem(finding) {
  const item = element("li", "", element("strong", "", finding.what), " ", finding.advice, " ", leadTo(finding));
  item.dataset.state = finding.state;
  return item;
}

/** Changes the nodes only where a finding has changed: a screen reader says each once, and the focus stays. */
function showOnce(node, shown, nodes) {
  const signature = JSON.stringify(shown);
  if (node.dataset.shown === signature) return;
  node.dataset.shown = signature;
  node.replaceChildren(...nodes());
}

function showFindings(findings, round) {
  const [first, ...others] = findings;
  byId("status").dataset.state = first ? first.state : "good";
  text(byId("headline"), first ? first.what : `All is well: ${round}.`);
  showOnce(byId("advice"), first ?? null, () => (first ? [`${first.advice} `, leadTo(first)] : []));
  showOnce(byId("problems"), others, () => {
    const items = others.slice(0, LISTED).map(listItem);
    if (others.length > LISTED) items.push(element("li", "", `${counted(others.length - LISTED, "finding", "findings")} more.`));
    return items;
  });
}

/** Shows how all is; `aged` seconds after the summary came. */
export function showStatus(now, aged) {
  const findings = findingsOf(now, aged, known);
  const round = now.round ? `mining block ${whole(now.round.height)}` : "waiting for the first block";
  document.body.classList.toggle("outdated", aged > OUT_OF_DATE_SECS);
  showFindings(findings, round);
  const confirmed = now.upstream.lastConfirmedSecsAgo;
  const { farm } = now;
  facts(byId("status-facts"), [
    ["Upstream", now.upstream.up ? `answers, ${round}` : "unreachable"],
    ["Last confirmed", confirmed === null ? "none yet" : ago(confirmed + aged)],
    ["Store", now.store.writable ? "writes" : "does not write"],
    ["Machines", farm.machines === 0
      ? NONE : `${whole(Math.max(0, farm.machines - farm.silentMachines))} of ${whole(farm.machines)} at work`],
    ["Running for", duration(now.uptimeSecs + aged)],
  ]);
  document.title = `${findings.length > 0 ? "⚠ " : ""}${now.round ? whole(now.round.height) : NONE} · PoCX aggregator`;
}

/** How fresh the page is. */
export function showLink(connected, aged) {
  const link = byId("link");
  const outdated = aged > OUT_OF_DATE_SECS;
  link.dataset.state = outdated ? "bad" : connected ? "good" : "waiting";
  text(link, outdated ? `out of date, ${duration(aged)} old` : connected ? "live" : "reconnecting");
}
