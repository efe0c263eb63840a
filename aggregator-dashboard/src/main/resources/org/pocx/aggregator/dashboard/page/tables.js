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

const number = (key, label, count, state = undefined) => ({
  key, label, className: "number", value: (row) => whole(count(row)), sort: count, largestFirst: true, state,
});

const isSilent = (machine) => machine.silent || !machine.isActive;

function stateOf(machine) {
  if (machine.suspect) return "suspect";
  return isSilent(machine) ? "silent" : "at work";
}

const common = [
  { key: "capacity", label: "Capacity", className: "number", largestFirst: true,
    value: (row) => capacity(row.totalCapacityTib), sort: (row) => row.totalCapacityTib ?? -1 },
  number("blocks", "Submissions 24 h", (row) => row.submissions24h),
];

const outcomes = [
  number("confirmed", "Confirmed", (row) => row.counts.confirmed),
  number("rejected", "Rejected", (row) => row.counts.rejected, (row) => (row.counts.rejected > 0 ? "warn" : "")),
  { key: "seen", label: "Last seen", className: "number", value: (row) => ago(row.lastSeenSecsAgo), sort: (row) => row.lastSeenSecsAgo },
];

const machineColumns = [
  { key: "name", label: "Machine", className: "name", isName: true,
    value: (row) => `${row.machineId} ${row.label}`, sort: (row) => naturally(row.machineId),
    node: (row) => {
      const name = element("span", "", idButton(row.machineId, shortId(row.machineId)));
      if (row.label) name.append(element("span", "label", row.label));
      return name;
    } },
  { key: "state", label: "State", className: "state", value: stateOf, sort: stateOf,
    state: (row) => (row.suspect ? "warn" : isSilent(row) ? "bad" : "") },
  ...common,
  number("missed", "Missed rounds", (row) => row.missedRounds, (row) => (row.missedRounds > 2 ? "warn" : "")),
  number("accounts", "Accounts", (row) => row.accountCount),
  ...outcomes,
];

const accountColumns = [
  { key: "name", label: "Account", className: "name", isName: true, value: (row) => row.accountId,
    sort: (row) => row.accountId, node: (row) => idButton(row.accountId, shortId(row.accountId)) },
  ...common,
  number("machines", "Machines", (row) => row.machineCount),
  ...outcomes,
];

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

function detail(rows, row, more, table) {
  const list = element("dl", "detail-facts");
  const { counts } = row;
  facts(list, [
    ...more,
    ["Nonces", `${whole(counts.received)} received, ${whole(counts.filtered + counts.superseded)} filtered, `
      + `${whole(counts.pending)} pending, ${whole(counts.stale)} stale, ${whole(counts.expired)} without verdict`],
  ]);
  const height = 84 + (more.length + 1) * 24 + Math.min(PARTS_IN_VIEW, Math.max(1, rows)) * PART_ROW;
  return [element("div", "detail-box", list, table), height];
}

export function startTables() {
  let machines;
  let accounts;
  machines = new Table({
    table: byId("machines"), scroller: byId("machines-scroller"), columns: machineColumns,
    idOf: (row) => row.machineId, sortKey: "name", descending: false,
    describe: (shown, all) => {
      byId("machines-count").textContent = shown === all
        ? counted(all, "machine", "machines") : `${whole(shown)} of ${counted(all, "machine", "machines")}`;
    },
    detail: async (id, row) => {
      const found = await ask(`api/accounts?limit=${PARTS}&sort=totalCapacityTib&order=desc&machine=${encodeURIComponent(id)}`, false);
      return detail(found.items.length, row, [
        ["Machine", row.label ? `${id}, ${row.label}` : id],
        ["Last rejection", row.lastRejection || null],
      ].filter(([, value]) => value !== null), partsTable("Its accounts", found.items, (one) => one.accountId, (account) => {
        byId("accounts-search").value = "";
        accounts.filter(() => true);
        accounts.reveal(account);
      }));
    },
  });
  accounts = new Table({
    table: byId("accounts"), scroller: byId("accounts-scroller"), columns: accountColumns,
    idOf: (row) => row.accountId, sortKey: "capacity", descending: true,
    describe: (shown, all) => {
      byId("accounts-count").textContent = shown === all
        ? counted(all, "account", "accounts") : `${whole(shown)} of ${counted(all, "account", "accounts")}`;
    },
    detail: async (id, row) => {
      const found = await ask(`api/machines?limit=${PARTS}&sort=totalCapacityTib&order=desc&account=${encodeURIComponent(id)}`, false);
      return detail(found.items.length, row, [["Account", id]],
        partsTable("Its machines", found.items, (one) => one.machineId, (machine) => {
          byId("machines-search").value = "";
          press(byId("machines-state"), byId("machines-state").firstElementChild);
          machines.filter(() => true);
          machines.reveal(machine);
        }));
    },
  });
  watchSearch(machines, accounts);
  keepFresh("api/machines", machines);
  keepFresh("api/accounts", accounts);
}

function watchSearch(machines, accounts) {
  let state = "all";
  const search = byId("machines-search");
  const filterMachines = () => {
    const words = search.value.trim().toLowerCase();
    machines.filter((row) => (state === "all" || (state === "silent" ? isSilent(row) : row.suspect))
      && (`${row.machineId}\n${row.label}`).toLowerCase().includes(words));
  };
  search.addEventListener("input", filterMachines);
  choice(byId("machines-state"), "state", (chosen) => {
    state = chosen;
    filterMachines();
  });
  const accountSearch = byId("accounts-search");
  accountSearch.addEventListener("input", () => {
    const words = accountSearch.value.trim().toLowerCase();
    accounts.filter((row) => row.accountId.toLowerCase().includes(words));
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
