import { setTimeout as sleep } from "node:timers/promises";
import { systemClock } from "../../time/clock.ts";
import { within } from "../../time/deadline.ts";
import type { Access } from "../access.ts";
import { changeById } from "../change-table.ts";
import { LockWait } from "../lock-wait.ts";
import { lineOf, turnAtNewLine } from "../revision-line.ts";
import type { Place } from "./change-work.ts";
import type { TransactionWork } from "./transaction-work.ts";

/** How long a change is looked for, in milliseconds. */
const limitMs = 10_000;

/** How long one look may take: what it is done on may be another connection that is dead. */
const lookLimitMs = 4_000;

const pauseMs = 100;

/**
 * Whether a change is there; undefined where that cannot be found out in time. It is looked for in its writer's own line:
 * a transaction that the server has not given up yet has the lock, and is waited for. So what is not there will not come.
 */
export async function lookFor(
  access: Access,
  place: Place,
  id: string,
  isOver: () => boolean,
): Promise<boolean | undefined> {
  const look = lookWork(place, id);
  const deadline = systemClock.monotonic() + limitMs;
  for (;;) {
    const left = deadline - systemClock.monotonic();
    if (left <= 0 || isOver()) return undefined;
    try {
      const outcome = await within(access.write(look), {
        clock: systemClock,
        ms: Math.min(left, lookLimitMs),
        late: "a look",
      });
      if (outcome.kind === "committed") return outcome.value;
    } catch {
      // It was silent. The next look is on another connection.
    }
    await sleep(pauseMs);
  }
}

const lookWork = ({ dialect, tables, namespace }: Place, id: string): TransactionWork<boolean> => ({
  lockWait: new LockWait(systemClock, limitMs),
  line: (db) => lineOf(db, tables, namespace),
  reads: (db) => [changeById(db, tables, id)],
  async decide(db, turn) {
    const isThere = turn.line.length > 0;
    const reads = [changeById(db, tables, id)];
    const { answers } = isThere ? turn : await turnAtNewLine(db, dialect, tables, namespace, reads);
    const [found = []] = answers;
    return { value: found.length > 0, isWritten: false };
  },
});
