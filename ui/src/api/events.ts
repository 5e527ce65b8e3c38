import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import type { SessionInfo, StateInfo } from "../../../src/admin/api.ts";
import { apiUrl } from "./client.ts";
import { refreshAll } from "./mutations.ts";
import { queryKeys } from "./query-keys.ts";

/** A burst of changes costs one reading. */
const quietMs = 200;
const longestPauseMs = 30_000;

/**
 * Follows what others change: what is shown and became old is read again. Returns whether the line to the
 * server is open; a lost one is opened again, after pauses that grow.
 */
export function usePanelEvents(): { readonly isConnected: boolean } {
  const client = useQueryClient();
  const [isConnected, setConnected] = useState(true);

  useEffect(() => {
    let source: EventSource | undefined;
    let refreshTimer: ReturnType<typeof setTimeout> | undefined;
    let reopenTimer: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;

    const refreshSoon = () => {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => void refreshAll(client), quietMs);
    };

    const open = () => {
      source = new EventSource(apiUrl("events"));
      source.addEventListener("open", () => {
        // What happened while the line was down was told to nobody.
        if (failures > 0) refreshSoon();
        failures = 0;
        setConnected(true);
      });
      source.addEventListener("change", refreshSoon);
      source.addEventListener("readiness", refreshSoon);
      source.addEventListener("state", (event: MessageEvent<string>) => {
        const state = JSON.parse(event.data) as StateInfo;
        client.setQueryData<SessionInfo>(queryKeys.session, (session) => session && { ...session, state });
      });
      source.addEventListener("error", () => {
        failures += 1;
        setConnected(false);
        // The browser gives up by itself where the server refused; it tries again otherwise.
        if (source?.readyState !== EventSource.CLOSED) return;
        reopenTimer = setTimeout(open, Math.min(longestPauseMs, 1000 * 2 ** Math.min(failures, 5)));
      });
    };

    open();
    return () => {
      source?.close();
      clearTimeout(refreshTimer);
      clearTimeout(reopenTimer);
    };
  }, [client]);

  return { isConnected };
}
