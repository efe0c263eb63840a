// Figures and times as a person reads them, in the reader's own way of writing numbers and zone.

import { nowMillis } from "./now.js";

const NUMBER = new Intl.NumberFormat();
const PERCENT = new Intl.NumberFormat(undefined, { style: "percent", maximumSignificantDigits: 3 });
const TIME = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const DAY_TIME = new Intl.DateTimeFormat(undefined, {
  weekday: "short", hour: "2-digit", minute: "2-digit", second: "2-digit",
});
const WHOLE = new Intl.DateTimeFormat(undefined, { dateStyle: "full", timeStyle: "long" });

export const NONE = "–";

/** JSON whose integers may exceed what a JavaScript number holds: those of 16 digits and more become strings. */
export function parseExact(source) {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return JSON.parse(source.replace(tokens, (token) => (/^-?\d{16,}$/.test(token) ? `"${token}"` : token)));
}

/** A whole number, exact whatever its size. */
export function whole(number) {
  return number === null || number === undefined ? NONE : NUMBER.format(BigInt(number));
}

export function percent(part) {
  return part === null || part === undefined ? NONE : PERCENT.format(part);
}

/** "1 machine", "2,000 machines". */
export function counted(number, one, many) {
  return `${whole(number)} ${Number(number) === 1 ? one : many}`;
}

const PARTS = [[86400n, "d"], [3600n, "h"], [60n, "min"], [1n, "s"]];

/** The two largest units of a time: "3 h 12 min". */
export function duration(seconds) {
  if (seconds === null || seconds === undefined) return NONE;
  let rest = BigInt(typeof seconds === "number" ? Math.max(0, Math.round(seconds)) : seconds);
  const words = [];
  for (const [size, unit] of PARTS) {
    const count = rest / size;
    rest %= size;
    if (count > 0n) words.push(`${NUMBER.format(count)} ${unit}`);
    if (words.length === 2 || (words.length === 1 && count === 0n)) break;
  }
  return words.join(" ") || "0 s";
}

export function ago(seconds) {
  return seconds === null || seconds === undefined ? NONE : `${duration(seconds)} ago`;
}

const UNITS = [["MiB", 1 / 1024 / 1024], ["GiB", 1 / 1024], ["TiB", 1], ["PiB", 1024], ["EiB", 1024 * 1024]];

/** The unit that suits a capacity, and its size in TiB. */
export function capacityUnit(tib) {
  if (!(tib > 0)) return UNITS[2];
  return UNITS.find(([, size]) => tib / size < 999.5) || UNITS.at(-1);
}

/** A capacity as its figure and its unit. */
export function capacityParts(tib) {
  if (tib === null || tib === undefined) return [NONE, ""];
  const [unit, size] = capacityUnit(tib);
  const value = tib / size;
  if (value > 0 && value < 0.01) return [`< ${(0.01).toLocaleString()}`, unit];
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  const figure = new Intl.NumberFormat(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return [tib === 0 ? "0" : figure.format(value), unit];
}

export function capacity(tib) {
  return capacityParts(tib).join(" ").trim();
}

export function shortId(id) {
  return id.length > 20 ? `${id.slice(0, 8)}…${id.slice(-4)}` : id;
}

/** A time of today by its hour, an earlier one with its day. */
export function clock(iso) {
  const at = new Date(iso);
  return (at.toDateString() === new Date(nowMillis()).toDateString() ? TIME : DAY_TIME).format(at);
}

export function wholeTime(iso) {
  return WHOLE.format(new Date(iso));
}

export function zone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC";
}
