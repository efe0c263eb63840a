import { element, scaled, text } from "./dom.js";

/** Heights at 16 px a rem, as in the style. */
const ROW = 34;
const HEAD = 46;
const SPARE = 8;

/** Of so many rows groups are open at first. */
const FEW = 60;

const classesOf = (column) => `c-${column.key} ${column.className || ""}`.trim();

/**
 * A table that draws the rows in view alone, so that thousands scroll as smoothly as ten. A row can be opened: then its
 * detail takes a row of its own below it. Rows can be in groups: each has a row with its sums, and folds.
 *
 * columns: [{ key, label, note below the label, className, value(row) → text, node(row) → node instead, sort(row) → number or text }]
 * groupsOf(rows that are shown, all rows) → [[row of the group, its rows]], or null where there are no groups. The row of a
 * group has isGroup, an id, a name, and `last` where its place is at the end; the columns show it like the others.
 */
export class Table {
  constructor({ table, scroller, columns, idOf, sortKey, descending, detail, describe, groupsOf = () => null }) {
    Object.assign(this, { table, scroller, sortKey, descending, detail, describe, groupsOf });
    this.idOf = (row) => (row.isGroup ? row.id : idOf(row));
    this.columns = columns.map((column) => ({ ...column })); // tables share some, and each has headings of its own
    this.rows = [];
    this.shown = [];
    this.keep = () => true;
    this.filtering = false;
    this.folds = new Map(); // what the reader folded and unfolded: whether it is open
    this.drawn = new Map();
    this.open = new Map();
    this.build();
    scroller.addEventListener("keydown", (event) => this.walk(event));
    scroller.addEventListener("focusin", (event) => {
      const row = event.target.closest("tr.row");
      if (row) this.current = row.dataset.id;
    });
    scroller.addEventListener("scroll", () => this.drawSoon(), { passive: true });
    new ResizeObserver(() => {
      this.span();
      if (this.row === scaled(ROW)) this.drawSoon();
      else if (this.offsets) this.arrange();
    }).observe(scroller);
  }

  build() {
    const cells = this.columns.map((column) => this.heading(column));
    const group = element("colgroup", "", ...this.columns.map((column) => element("col", `c-${column.key}`)));
    this.body = document.createElement("tbody");
    this.above = element("tr", "space");
    this.below = element("tr", "space");
    for (const space of [this.above, this.below]) {
      space.setAttribute("aria-hidden", "true");
      space.append(element("td", ""));
    }
    this.none = element("tr", "none", element("td", "explain", "None."));
    this.body.append(this.above, this.below, this.none);
    this.table.append(group, element("thead", "", element("tr", "", ...cells)), this.body);
    this.showSort();
  }

  /** Cells over the whole width span the columns that are shown: more would make columns of nothing. */
  span() {
    const shown = this.columns.filter((column) => column.heading.offsetWidth > 0).length || 1;
    this.none.firstChild.colSpan = shown;
    for (const opened of this.open.values()) opened.tr.firstChild.colSpan = shown;
  }

  heading(column) {
    const button = element("button", "sort", column.label);
    button.type = "button";
    if (column.note) button.append(" ", element("span", "note", column.note));
    button.addEventListener("click", () => this.sortBy(column));
    const cell = element("th", classesOf(column), button);
    cell.scope = "col";
    column.heading = cell;
    return cell;
  }

  sortBy(column) {
    if (this.sortKey === column.key) {
      this.descending = !this.descending;
    } else {
      this.sortKey = column.key;
      this.descending = Boolean(column.largestFirst);
    }
    this.showSort();
    this.arrange();
    this.scroller.scrollTop = 0;
  }

  showSort() {
    for (const column of this.columns) {
      const here = column.key === this.sortKey;
      column.heading.setAttribute("aria-sort", here ? (this.descending ? "descending" : "ascending") : "none");
    }
  }

  /** All rows, anew. */
  setRows(rows) {
    this.rows = rows;
    this.arrange();
    for (const [id, opened] of this.open) if (this.drawn.has(id)) this.refreshDetail(id, opened);
  }

  /** Which rows to show; groups are open while the reader looks for something. */
  filter(keep, filtering) {
    this.keep = keep;
    if (filtering !== this.filtering) this.folds.clear();
    this.filtering = filtering;
    this.arrange();
    this.scroller.scrollTop = 0;
  }

  arrange() {
    this.row = scaled(ROW);
    this.head = scaled(HEAD);
    const rows = this.rows.filter(this.keep);
    this.shown = this.lines(rows);
    this.offsets = new Float64Array(this.shown.length + 1);
    this.shown.forEach((row, i) => {
      const opened = this.open.get(this.idOf(row));
      this.offsets[i + 1] = this.offsets[i] + this.row + (opened ? scaled(opened.height) : 0);
    });
    this.table.setAttribute("aria-rowcount", String(this.shown.length + 1));
    text(this.none.firstChild, this.rows.length === 0 ? "None yet." : "None of these.");
    this.describe(rows.length, this.rows.length);
    this.draw();
  }

  sorted(rows) {
    const column = this.columns.find((one) => one.key === this.sortKey);
    const sign = this.descending ? -1 : 1;
    const keyed = rows.map((row) => [column.sort(row), this.idOf(row), row]);
    keyed.sort(([a, idA], [b, idB]) => (a < b ? -sign : a > b ? sign : idA < idB ? -1 : 1));
    return keyed.map(([, , row]) => row);
  }

  /** The rows in their order; those of groups below the row of their group, unless it is folded. */
  lines(rows) {
    const groups = this.groupsOf(rows, this.rows);
    this.table.classList.toggle("grouped", groups !== null);
    if (groups === null) return this.sorted(rows);
    const members = new Map(groups);
    const heads = this.sorted([...members.keys()]);
    return [...heads.filter((head) => !head.last), ...heads.filter((head) => head.last)]
      .flatMap((head) => (this.isUnfolded(head.id) ? [head, ...this.sorted(members.get(head))] : [head]));
  }

  isUnfolded(groupId) {
    return this.folds.get(groupId) ?? (this.filtering || this.rows.length <= FEW);
  }

  isOpen(row) {
    return row.isGroup ? this.isUnfolded(row.id) : this.open.has(this.idOf(row));
  }

  drawSoon() {
    if (this.waiting) return;
    this.waiting = requestAnimationFrame(() => {
      this.waiting = 0;
      this.draw();
    });
  }

  /** The index of the row at that height. */
  rowAt(top) {
    let low = 0;
    let high = this.shown.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.offsets[middle + 1] <= top) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  draw() {
    if (!this.offsets) return;
    const top = this.scroller.scrollTop - this.head;
    const first = Math.max(0, this.rowAt(top) - SPARE);
    const last = Math.min(this.shown.length, this.rowAt(top + this.scroller.clientHeight) + SPARE);
    const wanted = [];
    const seen = new Set();
    const stop = this.tabStop(first, last, top);
    for (let i = first; i < last; i++) {
      const row = this.shown[i];
      const id = this.idOf(row);
      seen.add(id);
      const line = this.line(id, row);
      this.fill(line, row, i);
      for (const button of line.tr.querySelectorAll("button")) button.tabIndex = id === stop ? 0 : -1;
      wanted.push(line.tr);
      const opened = this.open.get(id);
      if (opened) wanted.push(opened.tr);
    }
    this.place(wanted);
    for (const id of this.drawn.keys()) if (!seen.has(id)) this.drawn.delete(id);
    this.none.hidden = this.shown.length > 0;
    this.above.firstChild.style.height = `${this.offsets[first]}px`;
    this.below.firstChild.style.height = `${this.offsets[this.shown.length] - this.offsets[last]}px`;
  }

  /** The one row that Tab stops at: the one that had the focus last, while it is drawn, else the first one in view. */
  tabStop(first, last, top) {
    for (let i = first; i < last; i++) if (this.idOf(this.shown[i]) === this.current) return this.current;
    const inView = this.shown[Math.min(this.rowAt(Math.max(0, top)), this.shown.length - 1)];
    return inView === undefined ? null : this.idOf(inView);
  }

  /** Arrow keys go from row to row. */
  walk(event) {
    const row = event.target.closest("tr.row");
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
      this.foldBy(event, row.dataset.id, event.key === "ArrowRight");
      return;
    }
    const page = Math.max(1, Math.floor(this.scroller.clientHeight / this.row) - 2);
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page, Home: -Infinity, End: Infinity };
    if (!(event.key in steps)) return;
    event.preventDefault();
    const at = this.shown.findIndex((one) => this.idOf(one) === row.dataset.id);
    this.focusLine(Math.max(0, Math.min(this.shown.length - 1, at + steps[event.key])));
  }

  /** The arrow to the right opens, that to the left closes; on a row that is closed it goes to the row of its group. */
  foldBy(event, id, open) {
    event.preventDefault();
    const at = this.shown.findIndex((one) => this.idOf(one) === id);
    if (this.isOpen(this.shown[at]) !== open) {
      this.toggle(id);
      return;
    }
    if (open) return;
    const group = this.shown.findLastIndex((one, i) => i < at && one.isGroup);
    if (group >= 0 && !this.shown[at].isGroup) this.focusLine(group);
  }

  focusLine(next) {
    const head = this.offsets[next];
    const view = this.scroller.clientHeight - this.head;
    if (head < this.scroller.scrollTop) this.scroller.scrollTop = head;
    else if (head + this.row > this.scroller.scrollTop + view) this.scroller.scrollTop = head + this.row - view;
    this.current = this.idOf(this.shown[next]);
    this.draw();
    this.drawn.get(this.current).tr.querySelector(".opener").focus({ preventScroll: true });
  }

  /** Moves only what is not in its place, so that focus and selection stay where they are. */
  place(wanted) {
    const keep = new Set(wanted);
    for (let node = this.above.nextSibling; node !== this.below;) {
      const next = node.nextSibling;
      if (!keep.has(node)) node.remove();
      node = next;
    }
    let at = this.above.nextSibling;
    for (const tr of wanted) {
      if (tr === at) at = at.nextSibling;
      else this.body.insertBefore(tr, at);
    }
  }

  line(id, row) {
    const known = this.drawn.get(id);
    if (known) return known;
    const label = row.isGroup ? `Machines of ${row.name}` : `Details of ${id}`;
    const cells = this.columns.map((column) => element(column.isName ? "th" : "td", classesOf(column)));
    const line = { tr: element("tr", row.isGroup ? "row group" : "row", ...cells), cells };
    line.tr.dataset.id = id;
    cells.forEach((cell, i) => {
      if (this.columns[i].isName) {
        cell.scope = "row";
        cell.append(this.opener(id, label), element("span", "name"));
      }
    });
    line.tr.addEventListener("click", (event) => {
      if (!event.target.closest("button, a") && !String(getSelection())) this.toggle(id);
    });
    this.drawn.set(id, line);
    return line;
  }

  opener(id, label) {
    const button = element("button", "opener");
    button.type = "button";
    button.setAttribute("aria-label", label);
    button.addEventListener("click", () => this.toggle(id));
    return button;
  }

  fill(line, row, index) {
    line.tr.setAttribute("aria-rowindex", String(index + 2));
    line.tr.classList.toggle("odd", index % 2 === 1);
    line.cells.forEach((cell, i) => {
      const column = this.columns[i];
      const shown = column.value(row);
      if (column.isName) {
        const name = cell.lastChild;
        if (name.dataset.shown !== shown) {
          name.dataset.shown = shown;
          name.replaceChildren(column.node(row));
        }
        cell.firstChild.setAttribute("aria-expanded", String(this.isOpen(row)));
      } else {
        text(cell, shown);
      }
      if (column.state) cell.dataset.state = column.state(row);
    });
  }

  async toggle(id) {
    if (this.shown.some((row) => row.isGroup && row.id === id)) {
      this.folds.set(id, !this.isUnfolded(id));
      this.arrange();
      return;
    }
    if (this.open.has(id)) {
      this.open.delete(id);
      this.arrange();
      return;
    }
    const cell = element("td", "detail");
    const opened = { tr: element("tr", "detail-row", cell), height: ROW }; // at 16 px a rem
    this.open.set(id, opened);
    this.span();
    cell.append(element("p", "explain", "Asking…"));
    this.arrange();
    try {
      const [node, height] = await this.detail(id, this.rows.find((row) => this.idOf(row) === id));
      cell.replaceChildren(node);
      opened.height = height;
    } catch (problem) {
      console.warn("no details:", problem);
      cell.replaceChildren(element("p", "explain", "The aggregator gave no answer; close and open again."));
    }
    cell.style.height = `${opened.height / 16}rem`;
    if (this.open.get(id) === opened) this.arrange();
  }

  /** The detail of a row that stays open, as it is now; not while the reader is in it. */
  async refreshDetail(id, opened) {
    const cell = opened.tr.firstChild;
    const now = this.rows.find((row) => this.idOf(row) === id);
    if (now === undefined) return; // it has left
    try {
      const [node, height] = await this.detail(id, now);
      const box = cell.querySelector(".parts-box");
      if (!box || this.open.get(id) !== opened || cell.contains(document.activeElement)) return;
      const { scrollTop } = box;
      cell.replaceChildren(node);
      cell.querySelector(".parts-box").scrollTop = scrollTop;
      cell.style.height = `${height / 16}rem`;
      opened.height = height;
      this.arrange();
    } catch (problem) {
      console.warn("no details:", problem);
    }
  }

  /** Brings a row into view and opens it; false when there is no such row. */
  reveal(id) {
    this.unfoldFor(id);
    const index = this.shown.findIndex((row) => this.idOf(row) === id);
    if (index < 0) return false;
    this.scroller.scrollTop = Math.max(0, this.offsets[index] - this.row);
    this.draw();
    this.scroller.scrollIntoView({ block: "nearest" });
    if (!this.open.has(id)) this.toggle(id);
    this.drawn.get(id)?.tr.querySelector(".opener").focus({ preventScroll: true });
    return true;
  }

  /** Unfolds the group of a row. */
  unfoldFor(id) {
    const groups = this.groupsOf(this.rows.filter(this.keep), this.rows) ?? [];
    for (const [head, rows] of groups) {
      if (!rows.some((row) => this.idOf(row) === id) || this.isUnfolded(head.id)) continue;
      this.folds.set(head.id, true);
      this.arrange();
    }
  }
}
