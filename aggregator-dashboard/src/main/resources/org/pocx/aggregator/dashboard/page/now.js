// What time it is, by the aggregator's clock: all times that the page shows come from there, and that of this screen's
// computer may be wrong.

let told = Date.now();
let toldAt = performance.now();

/** Takes the time that the aggregator tells. */
export function setNow(iso) {
  told = Date.parse(iso);
  toldAt = performance.now();
}

/** Milliseconds since 1970. */
export function nowMillis() {
  return told + performance.now() - toldAt;
}
