import type { PanelEvents, StateInfo } from "../../../src/admin/contract/contract.ts";
import { panelHeader } from "../../../src/admin/panel-header.ts";
import { apiUrl, request } from "./client.ts";

const longestPauseMs = 30_000;

/**
 * What comes down a line: the server's events, and how the line itself is. It is `full` where the server has as
 * many lines open as it takes, and answers everything else.
 */
export type LineEvent =
  | { readonly kind: "open" | "lost" | "full" | "readiness" }
  | { readonly kind: "change"; readonly revision: StateInfo["revision"] }
  | { readonly kind: "state"; readonly state: StateInfo };

/**
 * Opens a line to the server's events, and opens it again when it is lost, after pauses that grow.
 * Returns a function that closes it.
 */
export function openEventLine(tell: (event: LineEvent) => void): () => void {
  let source: EventSource | undefined;
  let reopenTimer: ReturnType<typeof setTimeout> | undefined;
  let failures = 0;
  let isClosed = false;

  const open = () => {
    source?.close();
    source = new EventSource(apiUrl("/events"));
    source.addEventListener("open", () => {
      failures = 0;
      tell({ kind: "open" });
    });
    source.addEventListener("change", (event: MessageEvent<string>) => {
      const { revision } = JSON.parse(event.data) as PanelEvents["change"];
      tell({ kind: "change", revision });
    });
    source.addEventListener("readiness", () => tell({ kind: "readiness" }));
    source.addEventListener("processes", () => tell({ kind: "readiness" }));
    source.addEventListener("state", (event: MessageEvent<string>) =>
      tell({ kind: "state", state: JSON.parse(event.data) as StateInfo }),
    );
    // Now and then the line is opened anew, so that the application's sign-in sees who follows.
    source.addEventListener("end", open);
    source.addEventListener("error", () => {
      // The browser gives up by itself where the server refused; it tries again otherwise.
      if (source?.readyState === EventSource.CLOSED) void refused();
      else lose();
    });
  };

  const lose = () => {
    failures += 1;
    tell({ kind: "lost" });
  };

  const refused = async () => {
    const fullMs = await askHowLongFull();
    if (isClosed) return;
    if (fullMs !== undefined) {
      tell({ kind: "full" });
      reopenTimer = setTimeout(open, fullMs);
      return;
    }
    lose();
    // Says whether it was the sign-in that refused.
    request("GET /session").catch(() => undefined);
    reopenTimer = setTimeout(open, Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures, 5)));
  };

  open();
  return () => {
    isClosed = true;
    source?.close();
    clearTimeout(reopenTimer);
  };
}

/** For how long the server takes no more lines; undefined where it does, or something else refused. */
async function askHowLongFull(): Promise<number | undefined> {
  // An EventSource does not say what it was refused by.
  const answer = await fetch(apiUrl("/events"), { method: "HEAD", redirect: "manual" }).catch(
    () => undefined,
  );
  if (answer === undefined || answer.ok || !answer.headers.has(panelHeader)) return undefined;
  const seconds = Number(answer.headers.get("retry-after"));
  return seconds > 0 ? seconds * 1_000 : undefined;
}
