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

async function read(path, answer, exact) {
  const body = await answer.text();
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${body.slice(0, 200)}`);
  return exact ? parseExact(body) : JSON.parse(body);
}

const get = (path) => fetch(new URL(path, HERE), { cache: "no-store", signal: AbortSignal.timeout(15000) });

/** Asks for JSON; throws an error with the server's message when it refuses. */
export async function ask(path, exact = true) {
  return read(path, await get(path), exact);
}

/** Like `ask`, but null where this aggregator has no such path. */
export async function askIfThere(path, exact = true) {
  const answer = await get(path);
  return answer.status === 404 ? null : read(path, answer, exact);
}

/** Sends a request that changes something; throws an error when the server refuses. */
export async function post(path) {
  const answer = await fetch(new URL(path, HERE), { method: "POST", signal: AbortSignal.timeout(15000) });
  if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status}`);
}
