import { parseExact } from "./format.js";

const COME_BACK_MS = 5000;

/**
 * Listens to the aggregator. The browser comes back by itself when a stream ends; where it gives up (the server answered
 * with an error, or is gone), it is sent back here. `back` hears of each return.
 */
export function listen({ summary, event, connected, back }) {
  let source;
  let lastId = 0;
  let opened = false;
  const open = () => {
    source = new EventSource("events");
    source.addEventListener("open", () => {
      connected(true);
      if (opened) back();
      opened = true;
    });
    source.addEventListener("summary", (message) => summary(parseExact(message.data)));
    source.addEventListener("event", (message) => {
      const happened = parseExact(message.data);
      if (happened.id <= lastId) return;
      lastId = happened.id;
      event(happened);
    });
    source.addEventListener("error", () => {
      connected(false);
      if (source.readyState === EventSource.CLOSED) setTimeout(open, COME_BACK_MS);
    });
  };
  open();
}

/** The page's own address, without the name and password that it may have been opened with: fetch refuses those. */
const HERE = location.origin + location.pathname;

/** Changes something; throws an error with the server's words when it refuses. */
export async function post(path) {
  const answer = await fetch(new URL(path, HERE), { method: "POST", cache: "no-store", signal: AbortSignal.timeout(15000) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${(await answer.text()).slice(0, 200)}`);
}

/** Asks for JSON; throws an error with the server's words when it refuses. */
export async function ask(path, exact = true) {
  const answer = await fetch(new URL(path, HERE), { cache: "no-store", signal: AbortSignal.timeout(15000) });
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${body.slice(0, 200)}`);
  return exact ? parseExact(body) : JSON.parse(body);
}
