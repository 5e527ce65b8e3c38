import type { PluginType } from "../definition/plugin-type.ts";
import type { ItemResult } from "./item-result.ts";
import type { StreamTask } from "./open-stream.ts";
import type { ReportedOutcome } from "./reported-outcome.ts";
import type { RunTask } from "./run-context.ts";
import type { RunOptions } from "./run-options.ts";
import type { Service } from "./service.ts";

/** How an open plugbay calls implementations: by the policy of their type, with failover. */
export interface PlugbayCalls {
  /**
   * Calls `task` with the selected implementation; when that fails, with the next one, in the order of selection and the
   * reserve last, until one succeeds. What an error means, how often and for how long is tried, and when a failing item
   * is put aside, the type's policy says, and these options over it. A call that may have taken effect is not made
   * again, unless it is `idempotent`.
   *
   * @throws OutcomeUnknownError; AllPluginsFailedError, NoPluginAvailableError, RunTimeoutError at the deadline; what
   *   `task` threw where that is `"rejected"`; the reason of `signal`; InvalidOptionError, UnknownOptionError; and as `get`
   * @example
   * await plugbay.run(otp, (sender, { signal }) => sender.sendOtp("+1 555 0100", "123456", signal), { timeoutMs: 5_000 });
   */
  run<T extends object, R>(
    type: PluginType<T, []>,
    task: RunTask<T, R>,
    options?: RunOptions<[]>,
  ): Promise<R>;
  run<T extends object, Args extends readonly unknown[], R>(
    type: PluginType<T, Args>,
    task: RunTask<T, R>,
    options: RunOptions<NoInfer<Args>> & { readonly args: NoInfer<Args> },
  ): Promise<R>;

  /**
   * An implementation of the type for good: each call of a method goes through `run`, with these options. To be injected
   * and kept; it may be made before anything is ready. Without options it is the same object each time.
   *
   * @throws InvalidOptionError, UnknownOptionError, InvalidTokenError, UnknownTypeError, SelectorMismatchError,
   *   ClosedError; its methods reject as `run` does, and with a MethodNotImplementedError among the causes where an
   *   optional method is there in no implementation
   * @example
   * const codes = plugbay.service(otp);
   * await codes.sendOtp("+1 555 0100", "123456");
   */
  service<T extends object>(type: PluginType<T, []>, options?: RunOptions<[]>): Service<T>;
  service<T extends object, Args extends readonly unknown[]>(
    type: PluginType<T, Args>,
    options: RunOptions<NoInfer<Args>> & { readonly args: NoInfer<Args> },
  ): Service<T>;

  /**
   * The parts of a stream. Until the first part is there it fails over as `run` does; what breaks after that throws, so a
   * stream that ends is complete. The instance is in use, and the limits hold, until the end; each part counts as
   * progress. Ending the loop ends the provider's stream.
   *
   * @throws as `service`; asking for a part rejects as `run` does
   * @example
   * for await (const part of plugbay.stream(model, (m, { signal }) => m.complete(prompt, signal))) show(part);
   */
  stream<T extends object, P>(
    type: PluginType<T, []>,
    task: StreamTask<T, P>,
    options?: RunOptions<[]>,
  ): AsyncIterableIterator<P, undefined> & AsyncDisposable;
  stream<T extends object, Args extends readonly unknown[], P>(
    type: PluginType<T, Args>,
    task: StreamTask<T, P>,
    options: RunOptions<NoInfer<Args>> & { readonly args: NoInfer<Args> },
  ): AsyncIterableIterator<P, undefined> & AsyncDisposable;

  /**
   * Calls `task` with every active implementation that is ready, at once, each by the type's policy. It never fails for
   * what one of them does: the results say what became of each, in the order of selection.
   *
   * @throws InvalidTokenError, UnknownTypeError, InvalidOptionError, UnknownOptionError, ClosedError
   * @example
   * const results = await plugbay.runAll(notifier, (one) => one.notify("deployed"));
   * const failed = results.filter(({ status }) => status === "rejected");
   */
  runAll<T extends object, R>(
    type: PluginType<T, never>,
    task: RunTask<T, R>,
    options?: Omit<RunOptions, "args">,
  ): Promise<ItemResult<R>[]>;

  /**
   * Tells what became of a call later, such as by a delivery report: `receipt` is of the call's context. It counts as an
   * outcome of that item, in this process and by the type's policy.
   *
   * @throws InvalidReceiptError: it is malformed, of another application, or of an item that is gone or has another
   *   config; InvalidOptionError, ClosedError
   * @example
   * plugbay.report(message.receipt, "failed");
   */
  report(receipt: string, outcome: ReportedOutcome): void;
}
