import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { PanelEvents, SessionInfo, StateInfo } from "../../../src/admin/api.ts";
import { apiUrl, request } from "./client.ts";
import { refreshAll } from "./mutations.ts";
import { queryKeys } from "./query-keys.ts";
import { useSignedOut } from "./signed-out.ts";

/** A burst of changes costs one reading. */
const quietMs = 200;
const longestPauseMs = 30_000;

/** How the page stands with the server: `signedOut` where only the application's sign-in answers. */
export type Connection = "open" | "lost" | "signedOut";

/**
 * Follows what others change: what is shown and became old is read again. A line that is lost is opened again,
 * after pauses that grow.
 */
export function usePanelEvents(): Connection {
  const client = useQueryClient();
  const isSignedOut = useSignedOut();
  const [isConnected, setConnected] = useState(true);

  useEffect(() => {
    if (isSignedOut) return;
    let source: EventSource | undefined;
    let refreshTimer: ReturnType<typeof setTimeout> | undefined;
    let reopenTimer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let revision: StateInfo["revision"] | undefined;

    const refreshSoon = () => {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => void refreshAll(client), quietMs);
    };

    const open = () => {
      source?.close();
      source = new EventSource(apiUrl("events"));
      source.addEventListener("open", () => {
        // What happened while the line was down was told to nobody.
        if (failures > 0) refreshSoon();
        failures = 0;
        setConnected(true);
      });
      source.addEventListener("change", (event: MessageEvent<string>) => {
        ({ revision } = JSON.parse(event.data) as PanelEvents["change"]);
        refreshSoon();
      });
      // Now and then the line is opened anew, so that the application's sign-in sees who follows.
      source.addEventListener("end", open);
      source.addEventListener("readiness", refreshSoon);
      source.addEventListener("state", (event: MessageEvent<string>) => {
        const state = JSON.parse(event.data) as StateInfo;
        // What happened between two lines was told to nobody either.
        if (revision !== undefined && state.revision !== revision) refreshSoon();
        revision = state.revision;
        client.setQueryData<SessionInfo>(queryKeys.session, (session) => session && { ...session, state });
      });
      source.addEventListener("error", () => {
        failures += 1;
        setConnected(false);
        // The browser gives up by itself where the server refused; it tries again otherwise.
        if (source?.readyState !== EventSource.CLOSED) return;
        // Says whether it was the sign-in that refused.
        request("GET", "session").catch(() => undefined);
        reopenTimer = setTimeout(open, Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures, 5)));
      });
    };

    open();
    return () => {
      source?.close();
      clearTimeout(refreshTimer);
      clearTimeout(reopenTimer);
    };
  }, [client, isSignedOut]);

  if (isSignedOut) return "signedOut";
  return isConnected ? "open" : "lost";
}
