import type { ResolvedPolicy } from "../definition/policy.ts";
import type { RunTask } from "./run-context.ts";
import type { RunOptions } from "./run-options.ts";
import type { Candidates, TypeCalls } from "./type-calls.ts";

/** What a run is about. */
export interface RunSubject {
  readonly calls: TypeCalls;
  readonly policy: ResolvedPolicy;
  readonly options: RunOptions;
  readonly task: RunTask<object, unknown>;
  /** Default: those of the type. */
  readonly candidates?: Candidates;
  /** Whether what a successful attempt brings is still in use, so that its lease and limits hold on. */
  readonly keepsAttempt?: boolean;
  /** Of a call that began before its run: its id, and when that was by the monotonic clock. */
  readonly call?: { readonly runId: string; readonly began: number };
}
