// Everything goes in as text, never as markup: account ids, machine names and the upstream's words come from strangers.

export const byId = (id) => document.getElementById(id);

/** A length of a page whose type is 16 px, as it is at the size of type of this screen. */
export const scaled = (pixels) => (pixels * parseFloat(getComputedStyle(document.documentElement).fontSize)) / 16;

/** Sets a text, but leaves the page alone when it is there already. */
export function text(node, value) {
  if (node.textContent !== value) node.textContent = value;
}

export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Fills a <dl> with names and values; a value is a text or a node. Rows whose value is null are left out. */
export function facts(list, rows) {
  const shown = rows.filter(([, value]) => value !== null && value !== undefined);
  const same = list.children.length === shown.length
    && shown.every(([name], i) => list.children[i].firstChild.textContent === name);
  if (!same) {
    list.replaceChildren(...shown.map(([name]) => element("div", "", element("dt", "", name), element("dd", ""))));
  }
  shown.forEach(([, value], i) => {
    const cell = list.children[i].lastChild;
    if (typeof value === "string") text(cell, value);
    else if (!(cell.firstChild && cell.firstChild.isEqualNode(value) && cell.childNodes.length === 1)) {
      cell.replaceChildren(value);
    }
  });
}

/** An id, shortened, or the name of what has it; the whole id is shown on hover and focus, and copied by a click. */
export function idButton(id, shown, name = "") {
  const button = element("button", "id", shown);
  button.type = "button";
  button.dataset.full = id;
  if (name) button.classList.add("named");
  // What is seen is a part of the name, for those who speak to the page.
  button.setAttribute("aria-label", shown === id ? `${id}, copy` : `${shown}, ${id}, copy`);
  return button;
}

/** A group of buttons of which one is pressed. */
export function choice(group, key, chosen) {
  group.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    press(group, button);
    chosen(button.dataset[key]);
  });
}

export function press(group, button) {
  for (const other of group.querySelectorAll("button")) {
    other.setAttribute("aria-pressed", String(other === button));
  }
}

/** What the reader chose at an earlier visit, or null. */
export function recall(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null; // a browser that keeps nothing
  }
}

export function remember(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // then it holds for this visit
  }
}

let toastTimer = 0;

export function toast(words) {
  const node = byId("toast");
  text(node, words);
  node.classList.add("shown");
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => {
    node.classList.remove("shown");
    text(node, "");
  }, 2500);
}

/** Where the page is not served by https, browsers have no clipboard but the old way to it. */
async function copy(value) {
  if (navigator.clipboard && window.isSecureContext) return navigator.clipboard.writeText(value);
  const area = element("textarea", "offscreen");
  area.value = value;
  area.readOnly = true;
  const focused = document.activeElement;
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  if (focused) focused.focus({ preventScroll: true });
  if (!done) throw new Error("the browser refused");
  return undefined;
}

function showTip(target) {
  const tip = byId("tip");
  text(tip, target.dataset.full);
  tip.hidden = false;
  const at = target.getBoundingClientRect();
  const size = tip.getBoundingClientRect();
  const below = at.bottom + 6 + size.height < innerHeight;
  tip.style.left = `${Math.max(6, Math.min(at.left, innerWidth - size.width - 6))}px`;
  tip.style.top = `${below ? at.bottom + 6 : at.top - size.height - 6}px`;
}

function hideTip() {
  byId("tip").hidden = true;
}

/** Tips and copying for everything that carries a whole text. */
export function watchIds() {
  const withTip = (event) => (event.target instanceof Element ? event.target.closest("[data-full]") : null);
  document.addEventListener("pointerover", (event) => {
    const target = withTip(event);
    if (target) showTip(target);
    else hideTip();
  });
  document.addEventListener("focusin", (event) => {
    const target = withTip(event);
    if (target && target.matches(":focus-visible")) showTip(target);
  });
  document.addEventListener("focusout", hideTip);
  document.addEventListener("scroll", hideTip, true);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hideTip();
  });
  document.addEventListener("click", (event) => {
    const target = event.target.closest("button.id");
    if (!target) return;
    copy(target.dataset.full).then(
      () => toast("Copied"),
      () => toast("The browser does not let a page copy here"));
  });
}
