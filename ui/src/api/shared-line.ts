import { alone } from "./alone.ts";
import { basePath } from "./base-path.ts";
import { type LineEvent, openEventLine } from "./event-line.ts";

/** Of the line, for all tabs of a panel. */
const name = `plugbay events ${basePath}`;

/** How often the tab that has the line says so. */
const beatMs = 2_000;

/** How long the other tabs wait for a word of it before one of them opens a line of its own. */
const patienceMs = 5_000;

/** How long a tab waits for a later claim before it opens the line: tabs that are opened at once open one. */
const settlingMs = 200;

/** How long they wait where it has said that it lets go, at most: not all are to begin at once. */
const successionMs = 200;

/** What tabs say to each other. A claim is later than another if it is greater as a text. */
type Word = { readonly claim: string } | { readonly event: LineEvent } | { readonly leaves: true };

/**
 * Follows the server's events on one line for all tabs of this browser that follow: browsers keep no more than
 * six HTTP/1.1 connections to a host. The tab that began last has the line, and passes on what comes down it.
 * When that tab leaves, or is not heard of any more, another one opens the line. A lock sees to it that there is never
 * more than one, where there are locks; elsewhere tabs that are opened at once may have two for a moment.
 *
 * `missed` is called where events may have been missed. Returns a function that stops.
 */
export function followSharedLine(tell: (event: LineEvent) => void, missed: () => void): () => void {
  const channel = openChannel();
  let claim = "";
  let heard = "";
  let leads = false;
  let closeLine: (() => void) | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const say = (word: Word) => channel?.postMessage(word);

  const lead = () => {
    claim = `${Date.now()} ${Math.random()}`;
    leads = true;
    say({ claim });
    timer = setTimeout(open, settlingMs);
  };
  const open = () => {
    closeLine = alone(name, () =>
      openEventLine((event) => {
        tell(event);
        say({ event });
      }),
    );
    beat();
  };
  const beat = () => {
    say({ claim });
    timer = setTimeout(beat, beatMs);
  };
  const stepBack = () => {
    clearTimeout(timer);
    leads = false;
    closeLine?.();
    closeLine = undefined;
  };
  const succeedAfter = (ms: number) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      missed();
      lead();
    }, ms);
  };

  const hear = (word: Word) => {
    if ("claim" in word) {
      if (leads && word.claim < claim) return say({ claim });
      stepBack();
      // Between one line and the next, nobody is told of anything.
      if (word.claim !== heard) missed();
      heard = word.claim;
      succeedAfter(patienceMs);
    } else if (!leads) {
      if ("event" in word) tell(word.event);
      else succeedAfter(Math.random() * successionMs);
    }
  };

  channel?.addEventListener("message", ({ data }: MessageEvent<Word>) => hear(data));
  lead();
  return () => {
    if (leads) say({ leaves: true });
    stepBack();
    channel?.close();
  };
}

/** undefined where the browser keeps its tabs apart, as some do that take no cookies. */
function openChannel(): BroadcastChannel | undefined {
  try {
    return new BroadcastChannel(name);
  } catch {
    return undefined;
  }
}
