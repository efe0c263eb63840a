// The page: the aggregator tells what changes, and each part shows what is its own.

import { byId, text, watchIds } from "./dom.js";
import { zone } from "./format.js";
import { listen } from "./live.js";
import { setNow } from "./now.js";
import { showBadPlots } from "./badplots.js";
import { blockHappened, showBlocks, startBlocks } from "./blocks.js";
import { redraw, startCharts } from "./charts.js";
import { addEvent, catchUp, older, startEvents } from "./events.js";
import { showFarm } from "./farm.js";
import { watchKnown } from "./known.js";
import { overlapHappened, startOverlaps } from "./overlaps.js";
import { showRound, showRoundsBefore } from "./round.js";
import { showLink, showStatus, startStatus } from "./status.js";
import { startTables } from "./tables.js";
import { watchTheme } from "./theme.js";
import { watchUpstreams } from "./upstreams.js";

let now = null;
let heardAt = performance.now();
let connected = false;

const aged = () => (performance.now() - heardAt) / 1000;

/** Times go on between two messages. */
function tick() {
  showLink(connected, aged());
  if (now === null) return;
  showStatus(now, aged());
  showRound(now, aged());
}

listen({
  summary: (told) => {
    setNow(told.at);
    if (now === null) older();
    now = told;
    heardAt = performance.now();
    showFarm(now);
    showBlocks(now);
    showRoundsBefore(now);
    showBadPlots(now);
    tick();
  },
  event: (happened) => {
    addEvent(happened);
    blockHappened(happened);
    overlapHappened(happened);
  },
  back: catchUp,
  connected: (is) => {
    connected = is;
    showLink(connected, aged());
  },
});
setInterval(tick, 1000);
text(byId("zone"), zone());
watchIds();
watchTheme(redraw);
watchKnown(() => {
  if (now !== null) showStatus(now, aged());
});
startEvents();
startBlocks();
startStatus(startTables());
startCharts();
startOverlaps();
watchUpstreams();
