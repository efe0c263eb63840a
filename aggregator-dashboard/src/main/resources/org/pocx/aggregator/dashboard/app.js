"use strict";

// Asks /stats every two seconds and shows what it says. Everything goes in as text, never as markup: account ids,
// machine names and the upstream's words come from strangers.

const PERIOD_MS = 2000;
const PATIENCE_MS = 5000;
const TIB_UNITS = ["TiB", "PiB", "EiB"];

let lastGood = 0;

/** JSON whose integers may exceed what a JavaScript number holds: those of 16 digits and more become strings. */
function parseExact(text) {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return JSON.parse(text.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}

function grouped(number) {
  return number === null || number === undefined ? "–" : BigInt(number).toLocaleString();
}

function duration(seconds) {
  if (seconds === null || seconds === undefined) return "–";
  const parts = [[86400, "d"], [3600, "h"], [60, "min"], [1, "s"]];
  let rest = BigInt(seconds);
  const words = [];
  for (const [size, unit] of parts) {
    const count = rest / BigInt(size);
    rest %= BigInt(size);
    if (count > 0n) words.push(`${count.toLocaleString()} ${unit}`);
    if (words.length === 2) break;
  }
  return words.join(" ") || "0 s";
}

function capacity(tib) {
  if (tib === null) return "unknown";
  if (tib > 0 && tib < 1) return `${(tib * 1024).toFixed(1)} GiB`;
  let unit = 0;
  while (tib >= 1024 && unit < TIB_UNITS.length - 1) {
    tib /= 1024;
    unit++;
  }
  return `${tib.toFixed(1)} ${TIB_UNITS[unit]}`;
}

function shortId(id) {
  return id.length > 20 ? `${id.slice(0, 10)}…${id.slice(-6)}` : id;
}

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function idElement(name, id) {
  const made = element(name, shortId(id), "id");
  made.title = id;
  return made;
}

function fill(id, children) {
  document.getElementById(id).replaceChildren(...children);
}

function list(id, rows) {
  fill(id, rows.flatMap(([name, value]) => {
    const shown = value instanceof Node ? value : element("dd", value);
    return [element("dt", name), shown];
  }));
}

function showRound(stats) {
  const rows = [["Height", grouped(stats.currentHeight)]];
  if (stats.round) {
    rows.push(["Running for", duration(stats.round.ageSecs)]);
  }
  const best = stats.currentBlockBest;
  if (best) {
    rows.push(
      ["Best poc_time", duration(best.bestPocTime)],
      ["Raw quality", grouped(best.bestRawQuality)],
      ["Found by", best.bestMachineId],
      ["For account", idElement("dd", best.bestAccountId)],
      ["Its fate", best.fate]);
  } else {
    rows.push(["Best poc_time", "no nonce yet"]);
  }
  list("round", rows);
}

function showFarm(stats) {
  list("farm", [
    ["Capacity", stats.totalCapacity ?? "unknown"],
    ["Network", stats.networkCapacity ?? "unknown"],
    ["Machines", `${grouped(stats.activeMachines)} active of ${grouped(stats.uniqueMachines)}`],
    ["Accounts", grouped(stats.uniqueMiners)],
    ["Last confirmed", stats.upstream.lastConfirmedSecsAgo === null
      ? "nothing yet" : `${duration(stats.upstream.lastConfirmedSecsAgo)} ago`],
    ["Running for", duration(stats.uptimeSecs)],
  ]);
}

function showCounts(counts) {
  list("counts", Object.entries(counts).map(([name, count]) => [name, grouped(count)]));
}

function machineState(machine) {
  if (machine.suspect) {
    const cell = element("td", "suspect", "doubt");
    cell.title = machine.lastRejection;
    return cell;
  }
  return machine.isActive ? element("td", "active") : element("td", "silent", "bad");
}

function numberCells(values) {
  return values.map((value) => element("td", value, "number"));
}

function row(cells) {
  const made = document.createElement("tr");
  made.append(...cells);
  return made;
}

function showMachines(machines) {
  fill("machines", machines.map((machine) => row([
    element("td", machine.label ? `${machine.machineId} (${machine.label})` : machine.machineId, "id"),
    machineState(machine),
    ...numberCells([
      capacity(machine.totalCapacityTib), grouped(machine.accountCount), grouped(machine.submissions24h),
      grouped(machine.counts.confirmed), grouped(machine.counts.rejected), `${duration(machine.lastSeenSecsAgo)} ago`,
    ]),
  ])));
}

function showAccounts(accounts) {
  fill("accounts", accounts.map((account) => row([
    idElement("td", account.accountId),
    ...numberCells([
      capacity(account.totalCapacityTib), grouped(account.machineCount), grouped(account.submissions24h),
      grouped(account.counts.confirmed), grouped(account.counts.rejected), `${duration(account.lastSeenSecsAgo)} ago`,
    ]),
  ])));
}

function showErrors(errors) {
  fill("errors", errors.map((error) => {
    const when = new Date(error.at).toLocaleString();
    const times = error.times > 1 ? ` (${grouped(error.times)} times)` : "";
    return element("li", `${when}: ${error.words}${times}`);
  }));
}

function status(text, state) {
  const line = document.getElementById("status");
  if (line.textContent !== text) line.textContent = text;
  line.dataset.state = state;
}

function showStatus(stats) {
  const wrong = [];
  if (!stats.upstream.up) wrong.push(`The upstream does not answer: ${stats.upstream.problem || "no answer yet"}`);
  if (!stats.store.writable) wrong.push(`Nonces are not made durable: ${stats.store.problem}`);
  const silent = stats.uniqueMachines - stats.activeMachines;
  if (wrong.length > 0) {
    status(wrong.join(" "), "bad");
  } else if (silent > 0) {
    status(`Mining. ${grouped(silent)} of ${grouped(stats.uniqueMachines)} machines silent.`, "good");
  } else {
    status("All is well.", "good");
  }
}

function show(stats) {
  showStatus(stats);
  showRound(stats);
  showFarm(stats);
  showCounts(stats.counts);
  showMachines(stats.machines);
  showAccounts(stats.accounts);
  showErrors(stats.upstream.errors);
  document.title = `${stats.totalCapacity ?? ""} · PoCX aggregator`.replace(/^ · /, "");
}

function markOutdated() {
  document.body.classList.add("outdated");
  const since = lastGood === 0 ? "" : ` These figures are ${duration(Math.round((Date.now() - lastGood) / 1000))} old.`;
  status(`The aggregator does not answer.${since}`, "bad");
}

async function refresh() {
  try {
    const answer = await fetch("stats", { signal: AbortSignal.timeout(PATIENCE_MS), cache: "no-store" });
    if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
    show(parseExact(await answer.text()));
    lastGood = Date.now();
    document.body.classList.remove("outdated");
  } catch (problem) {
    console.warn("no statistics:", problem);
    markOutdated();
  }
  setTimeout(refresh, PERIOD_MS);
}

refresh();
