import { AsyncLocalStorage } from "node:async_hooks";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";

/** That something stands in for a type's items, until it is over. */
export class Scope {
  readonly type: AnyPluginType;
  readonly item: PluginItem;
  readonly instance: object;
  /** The one that it was begun in. */
  readonly outer: Scope | undefined;
  isOver = false;

  constructor(type: AnyPluginType, item: PluginItem, instance: object, outer: Scope | undefined) {
    this.type = type;
    this.item = item;
    this.instance = instance;
    this.outer = outer;
  }
}

/**
 * What stands in for what, as the code sees it that asks: that which was begun where that code was called from. So tests
 * that run side by side see each their own.
 */
export class Overrides {
  readonly #scopes = new AsyncLocalStorage<Scope | undefined>();

  /** What stands in for a registered type here. */
  of(type: AnyPluginType): Scope | undefined {
    return this.#find((scope) => scope.type === type);
  }

  /** What stands in here under an item's id. */
  ofItem(itemId: string): Scope | undefined {
    return this.#find((scope) => scope.item.id === itemId);
  }

  /** One that goes within what is in force here. */
  make(type: AnyPluginType, item: PluginItem, instance: object): Scope {
    return new Scope(
      type,
      item,
      instance,
      this.#find(() => true),
    );
  }

  /** From here on, to the end of the function that is being called, and in all that it calls. */
  enter(scope: Scope): void {
    this.#scopes.enterWith(scope);
  }

  run<R>(scope: Scope, task: () => R): R {
    return this.#scopes.run(scope, task);
  }

  #find(isMeant: (scope: Scope) => boolean): Scope | undefined {
    let scope = this.#scopes.getStore();
    while (scope && (scope.isOver || !isMeant(scope))) scope = scope.outer;
    return scope;
  }
}
