import { askCapacity, capacityBox, CAPACITY_HEIGHT, capacityFacts } from "./capacity.js";
import { byId, choice, element, facts, idButton, press } from "./dom.js";
import { ago, capacity, counted, shortId, whole } from "./format.js";
import { ask } from "./live.js";
import { Table } from "./table.js";

const PAGE = 5000;
const PARTS = 500;
const PART_ROW = 28;
const PARTS_IN_VIEW = 8;

/** Rows are asked for anew this often, and less often the more there are. */
const REFRESH_MS = 5000;
const REFRESH_MS_A_ROW = 2;

const number = (key, [label, note], count, state = undefined) => ({
  key, label, note, className: "number", value: (row) => whole(count(row)), sort: count, largestFirst: true, state,
});

const isSilentMachine = (machine) => machine.silent || !machine.isActive;
const isSilentAccount = (account) => account.silent;

function stateColumn(isSilent) {
  const words = (row) => (row.suspect ? "suspect" : isSilent(row) ? "silent" : row.capacityDrop ? "dropped" : "at work");
  return { key: "state", label: "State", className: "state", value: words, sort: words,
    state: (row) => (row.suspect ? "warn" : isSilent(row) ? "bad" : row.capacityDrop ? "warn" : "") };
}

/** The columns that both tables have, around that of the other side's rows. */
const columns = (name, isSilent, others) => [
  name,
  stateColumn(isSilent),
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

/** The name to show beside a machine's id; empty where it has none, or its id ends with it. */
const nameOf = ({ machineId, name }) => (name && !machineId.endsWith(`/${name}`) ? name : "");

const machineColumns = columns(
  { key: "name", label: "Machine", className: "name", isName: true,
    value: (row) => `${row.machineId} ${nameOf(row)}`, sort: (row) => naturally(row.machineId),
    node: (row) => {
      const name = element("span", "", idButton(row.machineId, shortId(row.machineId)));
      if (nameOf(row)) name.append(element("span", "label", nameOf(row)));
      return name;
    } },
  isSilentMachine,
  number("accounts", ["Accounts"], (row) => row.accountCount));

const accountColumns = columns(
  { key: "name", label: "Account", className: "name", isName: true, value: (row) => row.accountId,
    sort: (row) => row.accountId, node: (row) => idButton(row.accountId, shortId(row.accountId)) },
  isSilentAccount,
  number("machines", ["Machines"], (row) => row.machineCount));

/** 10.0.0.9 before 10.0.0.10. */
function naturally(name) {
  return name.replace(/\d+/g, (digits) => digits.padStart(12, "0"));
}

/** The other side's rows of one row: what it does for each. */
function partsTable(label, rows, idOf, reveal) {
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
      element("td", "", idButton(idOf(row), shortId(idOf(row))), go),
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

function detail(rows, row, more, table, extra = null, extraHeight = 0) {
  const list = element("dl", "detail-facts");
  const { counts } = row;
  facts(list, [
    ...more,
    ["Nonces", `${whole(counts.received)} received, ${whole(counts.filtered + counts.superseded)} filtered, `
      + `${whole(counts.pending)} pending, ${whole(counts.stale)} stale, ${whole(counts.expired)} without verdict`],
  ]);
  const height = 84 + (more.length + 1) * 24 + extraHeight + Math.min(PARTS_IN_VIEW, Math.max(1, rows)) * PART_ROW;
  return [element("div", "detail-box", list, ...(extra ? [extra] : []), table), height];
}

/** A table, with the count, the choice and the search that stand above it. */
function startTable(name, [one, many], isSilent, wordsOf, options) {
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
    table.filter((row) => (state === "all" || (state === "silent" ? isSilent(row) : row.suspect))
      && wordsOf(row).toLowerCase().includes(words));
  };
  search.addEventListener("input", show);
  choice(states, "state", (chosen) => {
    state = chosen;
    show();
  });
  keepFresh(`api/${name}`, table);
  return (id) => {
    search.value = "";
    state = "all";
    press(states, states.firstElementChild);
    show();
    table.reveal(id);
  };
}

const known = (rows) => rows.filter(([, value]) => value);

/** Asks for the other side's rows of one row, the largest first. */
const askParts = (path) => ask(`${path}&limit=${PARTS}&sort=totalCapacityTib&order=desc`, false);

export function startTables() {
  const revealMachine = startTable("machines", ["machine", "machines"], isSilentMachine,
    (row) => `${row.machineId}\n${nameOf(row)}\n${row.group || ""}`, {
      columns: machineColumns, idOf: (row) => row.machineId, sortKey: "name", descending: false,
      detail: async (id, row) => {
        const [{ items }, answer] = await Promise.all([
          askParts(`api/accounts?machine=${encodeURIComponent(id)}`), askCapacity(id)]);
        return detail(items.length, row,
          known([["Machine", nameOf(row) ? `${id}, ${nameOf(row)}` : id], ["Group", row.group],
            ["Last rejection", row.lastRejection], ...capacityFacts(answer)]),
          partsTable("Its accounts", items, (account) => account.accountId, revealAccount),
          capacityBox(answer), CAPACITY_HEIGHT);
      },
    });
  const revealAccount = startTable("accounts", ["account", "accounts"], isSilentAccount, (row) => row.accountId, {
    columns: accountColumns, idOf: (row) => row.accountId, sortKey: "capacity", descending: true,
    detail: async (id, row) => {
      const { items } = await askParts(`api/machines?account=${encodeURIComponent(id)}`);
      return detail(items.length, row, known([["Account", id], ["Last rejection", row.lastRejection]]),
        partsTable("Its machines", items, (machine) => machine.machineId, revealMachine));
    },
  });
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

function keepFresh(path, table) {
  const refresh = async () => {
    let rows = 0;
    if (!document.hidden) {
      try {
        const found = await all(path);
        rows = found.length;
        table.setRows(found);
      } catch (problem) {
        console.warn("no rows:", problem);
      }
    }
    setTimeout(refresh, REFRESH_MS + rows * REFRESH_MS_A_ROW);
  };
  refresh();
}
