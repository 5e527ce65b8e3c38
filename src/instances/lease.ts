import type { PluginItem } from "../definition/plugin-item.ts";
import type { Outcome, ResolvedCircuitPolicy } from "../definition/policy.ts";

/** An instance in use: it is not disposed of before it is released, whatever an operator changes meanwhile. */
export interface Lease<T extends object = object> extends Disposable {
  /** The implementation. */
  readonly instance: T;
  /** The item that it serves, as it was when the lease began. */
  readonly item: PluginItem;
  /** Gives the instance back. A second time does nothing. */
  release(): void;
}

/** A lease of a call, which tells how it went. */
export interface CallLease extends Lease {
  /** The secrets that the instance was made with, to be kept out of messages. */
  readonly secrets: readonly string[];
  /** Whether its item gets no calls for now. */
  readonly isAside: boolean;
  /** Notes what became of the call, for the instance that it used; `error` is what it failed with, without secrets. */
  record(outcome: "success" | Outcome, circuit: ResolvedCircuitPolicy | false, error?: unknown): void;
  /** Nothing came of it: whoever called gave it up. */
  giveBack(): void;
}
