import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SessionInfo } from "../../../src/admin/contract/contract.ts";
import type { LineEvent } from "./event-line.ts";
import { whileInSight } from "./in-sight.ts";
import { refreshAll } from "./mutations.ts";
import { queryKeys } from "./query-keys.ts";
import { followSharedLine } from "./shared-line.ts";
import { useSignedOut } from "./signed-out.ts";

/** A burst of changes costs one reading. */
const quietMs = 200;

/** How the page stands with the server: `signedOut` where only the application's sign-in answers. */
export type Connection = "open" | "lost" | "signedOut";

/**
 * Follows what others change while the page is in sight: what is shown and became old is read again. A page that
 * is hidden keeps no line; what it missed is read when it is in sight again.
 */
export function usePanelEvents(): Connection {
  const client = useQueryClient();
  const isSignedOut = useSignedOut();
  const [isConnected, setConnected] = useState(true);
  const hasMissed = useRef(document.visibilityState === "hidden");

  useEffect(() => {
    const missed = () => {
      hasMissed.current = true;
    };

    if (isSignedOut) {
      missed();
      return;
    }

    let refreshTimer: ReturnType<typeof setTimeout> | undefined;
    let revision = client.getQueryData<SessionInfo>(queryKeys.session)?.state.revision;

    const refreshSoon = () => {
      clearTimeout(refreshTimer);
      refreshTimer = setTimeout(() => void refreshAll(client), quietMs);
    };

    const hear = (event: LineEvent) => {
      switch (event.kind) {
        case "open":
          if (hasMissed.current) refreshSoon();
          hasMissed.current = false;
          return setConnected(true);
        case "lost":
          missed();
          return setConnected(false);
        case "change":
          revision = event.revision;
          return refreshSoon();
        case "readiness":
          return refreshSoon();
        case "state": {
          const { state } = event;
          // What happened between two lines was told to nobody.
          if (state.revision !== revision) refreshSoon();
          revision = state.revision;
          client.setQueryData<SessionInfo>(queryKeys.session, (session) => session && { ...session, state });
        }
      }
    };

    const leave = whileInSight(() => {
      const stop = followSharedLine(hear, missed);
      return () => {
        stop();
        missed();
      };
    });
    return () => {
      leave();
      clearTimeout(refreshTimer);
    };
  }, [client, isSignedOut]);

  if (isSignedOut) return "signedOut";
  return isConnected ? "open" : "lost";
}
