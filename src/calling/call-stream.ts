import { hideInError } from "../secrets/hide-secrets.ts";
import type { Clock } from "../time/clock.ts";
import type { KeepAlive } from "../time/keep-alive.ts";
import type { CallParts, Stoppable } from "./call-parts.ts";
import { classifyWith } from "./classify-with.ts";
import type { OpenedStream } from "./open-stream.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunSubject } from "./run-subject.ts";
import type { Begun, SeenCall } from "./seen-call.ts";
import { FailoverStream } from "./stream.ts";

/** What the calls of streams are made with. */
interface StreamCallParts<P> {
  readonly clock: Clock;
  readonly keepAlive: KeepAlive;
  readonly attempted: CallParts["attempted"];
  /** Begins the run that opens the stream. */
  begin(subject: RunSubject): Begun<OpenedStream<P>>;
  begun(stream: Stoppable): void;
  ended(stream: Stoppable): void;
}

/** A stream whose run begins when its first part is asked for, and whose attempt counts when it ends. */
export function callStream<P>(parts: StreamCallParts<P>, subject: RunSubject): FailoverStream<P> {
  const { clock, keepAlive, attempted } = parts;
  const { calls, policy, options } = subject;
  let seen: SeenCall | undefined;
  const told = (): RunOptions => seen?.subject.options ?? options;
  return new FailoverStream<P>({
    clock,
    signal: options.signal,
    open: () => {
      const begun = parts.begin(subject);
      seen = begun.seen;
      return { run: begun.run, opened: begun.result };
    },
    keepAlive,
    begun: (stream) => parts.begun(stream),
    ended: (stream) => parts.ended(stream),
    succeeded: (attempt) => {
      attempt.lease.record("success", policy.circuit);
      calls.budget.earn();
      attempted(told(), attempt, "success");
      seen?.streamEnded();
    },
    failed: (attempt, error, isGivenUp) => {
      const { lease } = attempt;
      if (isGivenUp) {
        lease.giveBack();
        attempted(told(), attempt, "aborted", error);
        seen?.streamEnded({ error, shown: error });
        return;
      }
      const about = { type: calls.type, secrets: lease.secrets, now: clock.now() };
      const outcome = classifyWith(policy.classify, error, about);
      const shown = hideInError(error, lease.secrets);
      lease.record(outcome, policy.circuit, shown);
      calls.budget.spend(outcome);
      attempted(told(), attempt, outcome, shown);
      seen?.streamEnded({ error, shown });
    },
  });
}
