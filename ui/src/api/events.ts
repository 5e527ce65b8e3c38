import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import type { SessionInfo } from "../../../src/admin/contract/contract.ts";
import type { LineEvent } from "./event-line.ts";
import { whileInSight } from "./in-sight.ts";
import { refreshAll } from "./mutations.ts";
import { paced } from "./paced.ts";
import { queryKeys } from "./query-keys.ts";
import { followSharedLine } from "./shared-line.ts";
import { useSignedOut } from "./signed-out.ts";

/**
 * A change is shown at once, and so is what the processes then say of it; where more keep coming, they cost one reading
 * in this time, so are shown within a second.
 */
const refreshPace = { pauseMs: 800, burst: 3 };

/** How often everything is read again where the server takes no more event streams. */
const pollMs = 5_000;

/**
 * How the page stands with the server: `polling` where it asks instead of being told, `signedOut` where only the
 * application's sign-in answers.
 */
export type Connection = "open" | "polling" | "lost" | "signedOut";

/**
 * Follows what others change while the page is in sight: what is shown and became old is read again. A page that
 * is hidden keeps no line; what it missed is read when it is in sight again.
 */
export function usePanelEvents(): Connection {
  const client = useQueryClient();
  const isSignedOut = useSignedOut();
  const [connection, setConnection] = useState<Connection>("open");
  const hasMissed = useRef(document.visibilityState === "hidden");

  useEffect(() => {
    const missed = () => {
      hasMissed.current = true;
    };

    if (isSignedOut) {
      missed();
      return;
    }

    const refresh = paced(() => refreshAll(client), refreshPace);
    let revision = client.getQueryData<SessionInfo>(queryKeys.session)?.state.revision;

    let pollTimer: ReturnType<typeof setInterval> | undefined;
    const poll = () => {
      refresh.ask();
      void client.invalidateQueries({ queryKey: queryKeys.session });
    };
    const stopPolling = () => {
      clearInterval(pollTimer);
      pollTimer = undefined;
    };

    const hear = (event: LineEvent) => {
      switch (event.kind) {
        case "open":
          if (hasMissed.current) refresh.ask();
          hasMissed.current = false;
          stopPolling();
          return setConnection("open");
        case "lost":
          missed();
          stopPolling();
          return setConnection("lost");
        case "full":
          missed();
          pollTimer ??= setInterval(poll, pollMs);
          return setConnection("polling");
        case "change":
          revision = event.revision;
          return refresh.ask();
        case "readiness":
          return refresh.ask();
        case "state": {
          const { state } = event;
          // What happened between two lines was told to nobody.
          if (state.revision !== revision) refresh.ask();
          revision = state.revision;
          client.setQueryData<SessionInfo>(queryKeys.session, (session) => session && { ...session, state });
        }
      }
    };

    const leave = whileInSight(() => {
      const stop = followSharedLine(hear, missed);
      return () => {
        stop();
        stopPolling();
        missed();
      };
    });
    return () => {
      leave();
      refresh.stop();
    };
  }, [client, isSignedOut]);

  return isSignedOut ? "signedOut" : connection;
}
