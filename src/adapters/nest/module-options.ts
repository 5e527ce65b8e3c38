import type { AnyPluginType } from "../../definition/plugin-type.ts";
import type { OpenOptions } from "../../open/open-plugbay.ts";
import type { Plugbay } from "../../plugbay.ts";

/** A plugbay that is open already. Who opened it closes it: the module does not. */
export interface OpenPlugbay {
  /** An open plugbay, such as `openTestPlugbay` gives to tests. */
  readonly plugbay: Plugbay;
}

/** What the module opens plugbay with: the options of `openPlugbay`, or a plugbay that is open already. */
export type PlugbayOptions = OpenOptions | OpenPlugbay;

/** What is said of the module itself. */
export interface PlugbayModuleScope {
  /** Whether all modules can inject from it, or only those that import it. Default `true`. */
  readonly isGlobal?: boolean;
}

/** What `PlugbayModule.forRoot` may be told. */
export type PlugbayModuleOptions = PlugbayOptions & PlugbayModuleScope;

/** A class that makes the options, for `useClass` and `useExisting`. */
export interface PlugbayOptionsFactory {
  /** What to open plugbay with. */
  createPlugbayOptions(): PlugbayOptions | Promise<PlugbayOptions>;
}

/** What `PlugbayModule.forRootAsync` may be told: one of `useFactory`, `useClass` and `useExisting` is needed. */
export interface PlugbayModuleAsyncOptions extends PlugbayModuleScope {
  /** The modules that have what `inject`, `useClass` or `useExisting` need. Default: none. */
  readonly imports?: readonly object[];
  /** The tokens of what `useFactory` is given. Default: none. */
  readonly inject?: readonly (string | symbol | object)[];
  /** Makes the options out of what is injected. */
  readonly useFactory?: (...injected: never[]) => PlugbayOptions | Promise<PlugbayOptions>;
  /** A class that makes the options. The module has an instance of it. */
  readonly useClass?: new (
    ...injected: never[]
  ) => PlugbayOptionsFactory;
  /** The token of a provider that makes the options, of one of `imports`. */
  readonly useExisting?: string | symbol | (abstract new (...injected: never[]) => PlugbayOptionsFactory);
  /**
   * The types that the module provides; one that is not registered fails the start. Default: those that a class that is
   * loaded has an `@InjectPlugin` of. Say it for types that nothing but modules loaded later injects.
   */
  readonly types?: readonly AnyPluginType[];
}
