import { checkInstance } from "../definition/contract.ts";
import { definePlugin } from "../definition/define-plugin.ts";
import type { AnyPluginType, PluginType } from "../definition/plugin-type.ts";
import { isThenable } from "../definition/thenable.ts";
import { Facade } from "../open/facade.ts";
import type { Parts } from "../open/parts.ts";
import type { Plugbay } from "../plugbay.ts";
import type { Overrides, Scope } from "./overrides.ts";
import { testItem } from "./test-item.ts";

/** That a fake stands in for a type; it ends with its scope when it is declared with `using`. */
export interface Override extends Disposable {
  /** Ends it. A second time does nothing. */
  end(): void;
}

/** A plugbay whose types can be given fakes. */
export interface TestPlugbay extends Plugbay {
  /**
   * Has `fake` stand in for all of a type's plugins, whatever is registered and selected, until the end of the scope that
   * declares it with `using`: for `get` and its relatives, `run`, `stream`, `runAll`, and services that were taken before.
   * Calls go as always, by the type's policy, with its hooks. Only code that is called from that scope sees it, so tests may
   * run side by side. The fake is never disposed of.
   *
   * Begun in a hook such as `beforeEach`, it is seen by the tests only where the runner calls both from one place; where
   * it does not, begin it in the test.
   *
   * @throws InvalidTokenError, UnknownTypeError, MissingMethodError, ClosedError
   * @example
   * using sent = plugbay.override(otp, { sendOtp: async () => undefined });
   * await signIn("+1 555 0100");
   */
  override<T extends object>(type: PluginType<T, never>, fake: NoInfer<T>): Override;
  /**
   * Has `fake` stand in for all of a type's plugins while `task` runs, and until what it returns has settled.
   *
   * @example
   * await plugbay.override(otp, fake, () => signIn("+1 555 0100"));
   */
  override<T extends object, R>(type: PluginType<T, never>, fake: NoInfer<T>, task: () => R): R;
}

/** What stands in is an item of this module. */
const module = "plugbay/testing";
const name = "override";

/** A facade over parts whose offers may be overridden. */
export class TestFacade extends Facade implements TestPlugbay {
  readonly #parts: Parts;
  readonly #overrides: Overrides;

  constructor(parts: Parts, overrides: Overrides) {
    super(parts);
    this.#parts = parts;
    this.#overrides = overrides;
  }

  override(token: AnyPluginType, fake: object): Override;
  override<R>(token: AnyPluginType, fake: object, task: () => R): R;
  override(token: AnyPluginType, fake: object, task?: () => unknown): unknown {
    const scope = this.#begin(token, fake);
    if (task === undefined) {
      this.#overrides.enter(scope);
      const end = (): void => this.#end(scope);
      return { end, [Symbol.dispose]: end } satisfies Override;
    }
    let result: unknown;
    try {
      result = this.#overrides.run(scope, task);
    } catch (error) {
      this.#end(scope);
      throw error;
    }
    if (isThenable(result)) return Promise.resolve(result).finally(() => this.#end(scope));
    this.#end(scope);
    return result;
  }

  #begin(token: AnyPluginType, fake: object): Scope {
    const { reads, serving, options } = this.#parts;
    const type = reads.registered(token);
    checkInstance(type, { module, name }, fake);
    const item = testItem(type, { module, name }, { clock: options.clock });
    const plugin = definePlugin(type, { name, module, create: () => fake, dispose: () => undefined });
    serving.instances.admit(plugin, item, fake);
    return this.#overrides.make(type, item, fake);
  }

  #end(scope: Scope): void {
    if (scope.isOver) return;
    scope.isOver = true;
    this.#parts.serving.instances.update([], [scope.item.id]);
  }
}
