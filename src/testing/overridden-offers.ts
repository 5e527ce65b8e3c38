import type { Candidates, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Instances } from "../instances/instances.ts";
import { Offers } from "../serving/offers.ts";
import type { Overrides } from "./overrides.ts";

/** What the snapshot offers, but for types that a test has something else stand in for. */
export class OverriddenOffers extends Offers {
  readonly #overrides: Overrides;

  constructor(instances: Instances, overrides: Overrides) {
    super(instances);
    this.#overrides = overrides;
  }

  override selected(type: AnyPluginType): object | undefined {
    const scope = this.#overrides.of(type);
    return scope ? scope.instance : super.selected(type);
  }

  override candidates(type: AnyPluginType): Candidates {
    const standIn = this.standIn(type);
    return standIn ? { active: [standIn], reserve: [] } : super.candidates(type);
  }

  override choose(type: AnyPluginType, args: readonly unknown[]): PluginItem | undefined {
    return this.standIn(type) ?? super.choose(type, args);
  }

  override circuitsOpen(type: AnyPluginType): Candidates {
    return this.standIn(type) ? { active: [], reserve: [] } : super.circuitsOpen(type);
  }

  override isLastResort(type: AnyPluginType): boolean {
    return this.standIn(type) === undefined && super.isLastResort(type);
  }

  override all(type: AnyPluginType): readonly object[] | undefined {
    const scope = this.#overrides.of(type);
    return scope ? [scope.instance] : super.all(type);
  }

  override standIn(type: AnyPluginType): PluginItem | undefined {
    return this.#overrides.of(type)?.item;
  }

  override standInOf(itemId: string): PluginItem | undefined {
    return this.#overrides.ofItem(itemId)?.item;
  }
}
