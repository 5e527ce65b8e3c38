import type { TypeIdentity } from "./identity.ts";
import type { PluginItem } from "./plugin-item.ts";

/** Any type, as hooks of a whole plugbay see it: its methods have any name, and take and give anything. */
// A hook for all types is one for each, and one of a type is kept beside them; only `any` is related to every T.
// biome-ignore lint/suspicious/noExplicitAny: see above
type AnyType = any;

/** What hooks are told of every call, at all of its stages. */
export interface HookedCall {
  /** The plugin type. */
  readonly type: TypeIdentity;
  /** The same as in the contexts of the call's attempts: a UUID. */
  readonly runId: string;
  /** What the selector of the type is given. */
  readonly args: readonly unknown[];
  /** For this one hook and this one call: what `before` puts in is there in the later stages. */
  readonly data: Map<unknown, unknown>;
}

/** A call by `run` or `stream`, or one item's call of `runAll`. What its task does with the implementation is not known. */
export interface HookedTask extends HookedCall {
  /** Which way it came. */
  readonly kind: "run" | "stream" | "runAll";
}

/** A call of a method of `service`, each method with what it takes. */
type HookedMethod<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends (...input: infer Input) => unknown
    ? HookedCall & {
        /** Which way it came. */
        readonly kind: "service";
        /** The method. */
        readonly method: K;
        /** What the method is given. */
        readonly input: Readonly<Input>;
      }
    : never;
}[keyof T];

/** As that, with what the method gave. */
type MethodSuccess<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends (...input: infer Input) => infer R
    ? HookedCall & {
        /** Which way it came. */
        readonly kind: "service";
        /** The method. */
        readonly method: K;
        /** What the method was given. */
        readonly input: Readonly<Input>;
        /** What it gave. */
        readonly value: Awaited<R>;
      }
    : never;
}[keyof T];

/**
 * A call that hooks hear of: which type, which way it came, and where it is of `service`, the method and what that was
 * given, typed by the interface T. Nothing of it can be changed, but its `data`.
 */
export type HookCall<T extends object = AnyType> = HookedTask | HookedMethod<T>;

/** What is known when a call is over. */
export interface HookedEnd {
  /** How many attempts there were, at all items. */
  readonly attempts: number;
  /** From the beginning of the call, `before` included, in milliseconds. */
  readonly durationMs: number;
}

/** A call that succeeded: at which item, and what it gave; of a stream the value is undefined. */
export type HookSuccess<T extends object = AnyType> = HookedEnd & {
  /** It succeeded. */
  readonly status: "fulfilled";
  /** The item that it succeeded with. */
  readonly item: PluginItem;
} & (
    | (HookedTask & {
        /** What the task gave; undefined for a stream. */
        readonly value: unknown;
      })
    | MethodSuccess<T>
  );

/** A call that failed. */
export type HookFailure<T extends object = AnyType> = HookedEnd & {
  /** It failed. */
  readonly status: "rejected";
  /** The item of the last attempt; undefined where there was none. */
  readonly item: PluginItem | undefined;
  /** What the caller gets: without secrets of configs, but for an error that is `"rejected"`, as in `run`. */
  readonly error: unknown;
} & HookCall<T>;

/**
 * What is done around each call of a type, or of a whole plugbay: measuring, logging, refusing. In the order of
 * OpenFeature: `before` of the plugbay, of the type, of the call; all later stages the other way round. The hooks of one
 * place go in the order of their list, and back.
 *
 * Each stage may be asynchronous. `before` and `after` are waited for, until the call's `deadlineMs`, and an error of
 * theirs is the call's: no further hook of that stage is called, then come `error` and `finally` of all hooks. These two
 * are waited for by nobody, but a hook's own `finally` by its `error`, and what they throw is a warning of the process and
 * ends nothing. A stream has its last three stages when it ends, so what its `after` throws goes to `error` and
 * `finally`, and not to its consumer.
 *
 * @example
 * const audit: Hook<OtpSender> = {
 *   before: (call) => {
 *     if (call.kind === "service" && call.method === "sendOtp" && call.input[0] === "") throw new Error("no number");
 *   },
 *   finally: ({ type, status, durationMs }) => console.log(type.name, status, durationMs),
 * };
 */
export interface Hook<T extends object = AnyType> {
  /** Before anything is selected. What it throws refuses the call. */
  before?(call: HookCall<T>): void | PromiseLike<void>;
  /** The call succeeded. What it throws makes it fail after all; what was done stays done, and nothing is tried again. */
  after?(call: HookSuccess<T>): void | PromiseLike<void>;
  /** The call failed: by its attempts, by the caller's signal, or by a `before` or an `after`. */
  error?(call: HookFailure<T>): void | PromiseLike<void>;
  /** The call is over. */
  finally?(call: HookSuccess<T> | HookFailure<T>): void | PromiseLike<void>;
}
