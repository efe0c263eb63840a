import { capacityPart } from "./capacity.js";
import { byId, choice, element, facts, idButton, press } from "./dom.js";
import { isSilent } from "./findings.js";
import { ago, capacity, counted, shortId, whole } from "./format.js";
import { groupsOf, hasGroups, naturally } from "./groups.js";
import { learn } from "./known.js";
import { ask } from "./live.js";
import { learnNames, machineButton, nameOf } from "./names.js";
import { Table } from "./table.js";

const PAGE = 5000;
const PARTS = 500;
const PART_ROW = 28;
const PARTS_IN_VIEW = 8;

/** Rows are asked for anew this often, and less often the more there are. */
const REFRESH_MS = 5000;
const REFRESH_MS_A_ROW = 2;

const number = (key, [label, note], count, state = undefined) => ({
  key, label, note, className: "number", value: (row) => (row.isGroup && count(row) === null ? "" : whole(count(row))),
  sort: (row) => count(row) ?? -1, largestFirst: true, state,
});

const isSilentAccount = (account) => account.silent;

/** What a row is, in a word, and its colour. */
function stateOf(row, isSilentRow) {
  if (row.suspect) return ["suspect", "warn"];
  if (isSilentRow(row)) return ["silent", "bad"];
  if (row.capacityDrop) return [row.capacityDrop.missing < 0.5 ? "quarter missing" : "half missing", "warn"];
  return ["at work", ""];
}

/** Of a group: how many are to be checked, and why where that is the same for all of them. */
function stateOfGroup({ suspectCount, silentCount, dropCount, toCheck }) {
  if (toCheck === 0) return ["at work", ""];
  const kinds = [[suspectCount, "suspect"], [silentCount, "silent"], [dropCount, "lost capacity"]].filter(([count]) => count > 0);
  return [`${whole(toCheck)} ${kinds.length === 1 ? kinds[0][1] : "to check"}`, silentCount > 0 ? "bad" : "warn"];
}

function stateColumn(isSilentRow) {
  const both = (row) => (row.isGroup ? stateOfGroup(row) : stateOf(row, isSilentRow));
  return { key: "state", label: "State", className: "state", value: (row) => both(row)[0], sort: (row) => both(row)[0],
    state: (row) => both(row)[1] };
}

/** The columns that both tables have, around that of the other side's rows. */
const columns = (name, isSilentRow, others) => [
  name,
  stateColumn(isSilentRow),
  { key: "capacity", label: "Capacity", className: "number", largestFirst: true,
    value: (row) => capacity(row.totalCapacityTib), sort: (row) => row.totalCapacityTib ?? -1 },
  number("blocks", ["Submissions", "in 24 h"], (row) => row.submissions24h),
  number("missed", ["Missed", "rounds in a row"], (row) => row.missedRounds, (row) => (row.missedRounds > 2 ? "warn" : "")),
  others,
  number("confirmed", ["Confirmed", "since start"], (row) => row.counts.confirmed),
  number("worse", ["Worse", "than claimed"], (row) => row.counts.confirmedWorse, (row) => (row.counts.confirmedWorse > 0 ? "warn" : "")),
  number("rejected", ["Rejected", "since start"], (row) => row.counts.rejected, (row) => (row.counts.rejected > 0 ? "warn" : "")),
  { key: "seen", label: "Last seen", className: "number", value: (row) => ago(row.lastSeenSecsAgo), sort: (row) => row.lastSeenSecsAgo },
];

/** "50 machines", or "3 of 50 machines" while the reader looks for something. */
const sizeOf = ({ machines, of }) => (machines === of ? "" : `${whole(machines)} of `) + counted(of, "machine", "machines");

/** A machine by its name and its id, a group by its name and how many machines it has. */
function nameCell(row) {
  if (row.isGroup) return element("span", "", element("strong", "", row.name), element("span", "label", sizeOf(row)));
  const id = idButton(row.machineId, shortId(row.machineId));
  return nameOf(row) ? element("span", "", element("span", "called", nameOf(row)), id) : element("span", "", id);
}

const machineColumns = columns(
  { key: "name", label: "Machine", className: "name", isName: true,
    value: (row) => (row.isGroup ? sizeOf(row) : `${row.machineId} ${nameOf(row)}`),
    sort: (row) => naturally(row.isGroup ? row.name : row.machineId), node: nameCell },
  isSilent,
  number("accounts", ["Accounts"], (row) => row.accountCount));

const accountColumns = columns(
  { key: "name", label: "Account", className: "name", isName: true, value: (row) => row.accountId,
    sort: (row) => row.accountId, node: (row) => idButton(row.accountId, shortId(row.accountId)) },
  isSilentAccount,
  number("machines", ["Machines"], (row) => row.machineCount));

/** The other side's rows of one row: what it does for each. */
function partsTable(label, rows, idOf, button, reveal) {
  const head = element("tr", "", ...[label, "Capacity", "Submissions 24 h", "Last seen"].map((title, i) => {
    const cell = element("th", i > 0 ? "number" : "", title);
    cell.scope = "col";
    return cell;
  }));
  const body = rows.map((row) => {
    const go = element("button", "go", "show");
    go.type = "button";
    go.setAttribute("aria-label", `Show ${idOf(row)}`);
    go.addEventListener("click", () => reveal(idOf(row)));
    return element("tr", "",
      element("td", "", button(idOf(row)), go),
      element("td", "number", capacity(row.part.capacityTib)),
      element("td", "number", whole(row.part.submissions24h)),
      element("td", "number", ago(row.part.lastSeenSecsAgo)));
  });
  const table = element("table", "parts", element("thead", "", head), element("tbody", "", ...body));
  const box = element("div", "parts-box", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", label);
  return box;
}

function detail(rows, row, more, table, [part, partHeight] = ["", 0]) {
  const list = element("dl", "detail-facts");
  const { counts } = row;
  facts(list, [
    ...more,
    ["Last seen", ago(row.lastSeenSecsAgo)],
    ["Nonces", `${whole(counts.received)} received, ${whole(counts.filtered + counts.superseded)} filtered, `
      + `${whole(counts.pending)} pending, ${whole(counts.stale)} stale, ${whole(counts.expired)} without verdict`],
  ]);
  const height = 84 + (more.length + 2) * 24 + Math.min(PARTS_IN_VIEW, Math.max(1, rows)) * PART_ROW + partHeight;
  return [element("div", "detail-box", list, part, table), height];
}

/** A table, with the count, the choice and the search that stand above it. */
function startTable(name, [one, many], holds, wordsOf, options) {
  const search = byId(`${name}-search`);
  const states = byId(`${name}-state`);
  const table = new Table({
    table: byId(name), scroller: byId(`${name}-scroller`), ...options,
    describe: (shown, all) => {
      byId(`${name}-count`).textContent = shown === all
        ? counted(all, one, many) : `${whole(shown)} of ${counted(all, one, many)}`;
    },
  });
  let state = "all";
  const show = () => {
    const words = search.value.trim().toLowerCase();
    table.filter((row) => (state === "all" || holds[state](row)) && wordsOf(row).toLowerCase().includes(words),
      state !== "all" || words !== "");
  };
  const choose = (chosen, searched) => {
    search.value = searched;
    state = chosen;
    press(states, states.querySelector(`[data-state="${chosen}"]`));
    show();
  };
  search.addEventListener("input", show);
  choice(states, "state", (chosen) => {
    state = chosen;
    show();
  });
  keepFresh(`api/${name}`, table, options.learn ?? (() => {}));
  return {
    reveal: (id) => {
      choose("all", "");
      table.reveal(id);
    },
    only: (chosen) => {
      choose(chosen, "");
      byId(`${name}-title`).scrollIntoView();
      byId(`${name}-title`).focus({ preventScroll: true });
    },
  };
}

const known = (rows) => rows.filter(([, value]) => value);

/** Asks for the other side's rows of one row, the largest first. */
const askParts = (path) => ask(`${path}&limit=${PARTS}&sort=totalCapacityTib&order=desc`, false);

/** What a machine's row shows when it is opened. */
async function machineDetail(id, row, accounts) {
  const [{ items }, part] = await Promise.all([
    askParts(`api/accounts?machine=${encodeURIComponent(id)}`), capacityPart(row)]);
  return detail(items.length, row,
    known([["Machine", nameOf(row) ? `${nameOf(row)}, ${id}` : id], ["Group", row.group], ["Last rejection", row.lastRejection]]),
    partsTable("Its accounts", items, (account) => account.accountId, (account) => idButton(account, shortId(account)), accounts.reveal),
    part);
}

async function accountDetail(id, row, machines) {
  const { items } = await askParts(`api/machines?account=${encodeURIComponent(id)}`);
  return detail(items.length, row, known([["Account", id], ["Last rejection", row.lastRejection]]),
    partsTable("Its machines", items, (machine) => machine.machineId, machineButton, machines.reveal));
}

/** Starts both tables; what comes back shows one machine in its table, or those of a state. */
export function startTables() {
  const accounts = startTable("accounts", ["account", "accounts"],
    { silent: isSilentAccount, suspect: (row) => row.suspect }, (row) => row.accountId, {
      columns: accountColumns, idOf: (row) => row.accountId, sortKey: "capacity", descending: true,
      detail: (id, row) => accountDetail(id, row, machines),
    });
  const machines = startTable("machines", ["machine", "machines"],
    { silent: isSilent, suspect: (row) => row.suspect, dropped: (row) => Boolean(row.capacityDrop) },
    (row) => `${row.machineId}\n${nameOf(row)}\n${row.group || ""}`, {
      columns: machineColumns, idOf: (row) => row.machineId, sortKey: "name", descending: false,
      groupsOf: (shown, rows) => (hasGroups(rows) ? groupsOf(shown, rows) : null),
      detail: (id, row) => machineDetail(id, row, accounts),
      learn: (rows) => {
        learnNames(rows);
        learn("machines", rows);
      },
    });
  return machines;
}

async function all(path) {
  const rows = [];
  let total = 1;
  while (rows.length < total) {
    // The figures of a row are counts and times, far below what a JavaScript number holds.
    const page = await ask(`${path}?limit=${PAGE}&offset=${rows.length}`, false);
    rows.push(...page.items);
    total = page.items.length === 0 ? 0 : page.total;
  }
  return rows;
}

function keepFresh(path, table, learnRows) {
  const refresh = async () => {
    let rows = 0;
    if (!document.hidden) {
      try {
        const found = await all(path);
        rows = found.length;
        learnRows(found);
        table.setRows(found);
      } catch (problem) {
        console.warn("no rows:", problem);
      }
    }
    setTimeout(refresh, REFRESH_MS + rows * REFRESH_MS_A_ROW);
  };
  refresh();
}
