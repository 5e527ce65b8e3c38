import type { AnyFunction, InterfaceClass } from "./class-shape.ts";
import type { Hook } from "./hooks.ts";
import type { Policy } from "./policy.ts";

/** The names of T's methods, optional ones included. */
export type MethodName<T> = {
  [K in keyof T]-?: NonNullable<T[K]> extends AnyFunction ? K : never;
}[keyof T] &
  string;

/** Every method of T, and no other, with whether an implementation must have it. */
export type MethodDeclarations<T> = {
  readonly [K in MethodName<T>]: Record<never, never> extends Pick<T, K> ? "optional" : "required";
};

/** What `methods` may be where T has no methods: nothing. The compiler's message shows the text. */
type NoMethods =
  "T has no methods. Say which interface it is, as in definePluginType<OtpSender>({ ... }), or give a class as `interface`.";

/** An identity that a type had before; a bare string is a former name under the same manager. */
export type TypeAlias =
  | string
  | {
      /** The former manager. Default: the present one. */
      readonly manager?: string;
      /** The former name. Default: the present one. */
      readonly name?: string;
    };

/** What `definePluginType` takes. */
export interface PluginTypeOptions<T extends object> {
  /** 1 to 100 code points, unique within the manager. */
  readonly name: string;
  /** The module that owns the type, such as `apps/otp`. */
  readonly manager: string;
  /** For operators. Default `""`. */
  readonly description?: string | undefined;
  /** Every method of T, each `"required"` or, where T has it optional, `"optional"`. There is at least one. */
  readonly methods: [MethodName<T>] extends [never] ? NoMethods : MethodDeclarations<NoInfer<T>>;
  /** How calls of the type go: limits, attempts, circuits, what errors mean. Default: as `Policy` says of each. */
  readonly policy?: Policy | undefined;
  /** What is done around each call of the type, typed by T. Default: nothing. */
  readonly hooks?: readonly Hook<NoInfer<T>>[] | undefined;
  /** When given, every plugin's `class` must extend it, and T is inferred from it. */
  readonly interface?: InterfaceClass<T> | undefined;
  /** Former identities: a row found under one is renamed in place by the next sync. */
  readonly aliases?: readonly TypeAlias[] | undefined;
}
