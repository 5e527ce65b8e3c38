import type { Hook } from "../definition/hooks.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { ItemExplanation } from "../selection/explanation.ts";
import type { Reads } from "../serving/reads.ts";
import { RetryBudget } from "./retry-budget.ts";

/** Which items a run tries. */
export interface Candidates {
  /** The next one; `tried` are the ids of those before it. @throws SelectorError */
  next(tried: ReadonlySet<string>, args: readonly unknown[]): PluginItem | undefined;
  explain(): ItemExplanation[];
}

/** What the calls of a type in this process have in common. */
export class TypeCalls implements Candidates {
  readonly type: AnyPluginType;
  readonly budget = new RetryBudget();
  /** The one without options. */
  service: object | undefined = undefined;
  /** Those of the plugbay, and then the type's own. */
  readonly hooks: readonly Hook[];
  readonly #reads: Reads;

  constructor(type: AnyPluginType, reads: Reads, hooks: readonly Hook[]) {
    this.type = type;
    this.hooks = [...hooks, ...type.hooks];
    this.#reads = reads;
  }

  /** What is selected, and at last what is put aside for nothing but the failures of others' calls. */
  next(tried: ReadonlySet<string>, args: readonly unknown[]): PluginItem | undefined {
    return this.#reads.select(this.type, args, tried) ?? this.#reads.selectAside(this.type, args, tried);
  }

  explain(): ItemExplanation[] {
    return this.#reads.explanation(this.type, undefined);
  }
}
