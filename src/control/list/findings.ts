import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Readiness } from "../../selection/readiness.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { View } from "../view.ts";
import { type CodeField, codeDifferences } from "./code-differences.ts";
import type { Health } from "./health.ts";
import type { ItemTable } from "./item-table.ts";
import { type ListedType, listedType, servingOf } from "./list-types.ts";

type Kind = Readiness["kind"];

/** In the order of their codes in `Finding.kinds`, in which 0 is for what was not looked at. */
const coded: readonly (Kind | undefined)[] = [
  undefined,
  "ready",
  "making",
  "failed",
  "missing",
  "cooling",
  "held",
  "idle",
];

interface Finding {
  /** Codes by place in the type; of active and reserved items alone. */
  readonly kinds: Uint8Array;
  readonly health: Health;
  listed?: ListedType;
}

/**
 * What this process found about the items of types, kept until an event says that it found something else:
 * a list of 1,000 types has 100,000 items.
 */
export class Findings {
  readonly #view: View;
  #kept = new WeakMap<TypeSnapshot, Finding>();
  /** By place in the type; the rows and the code alone decide it. */
  #differing = new WeakMap<TypeSnapshot, readonly boolean[]>();

  constructor(view: View) {
    this.#view = view;
    view.on("readiness", ({ item }) => this.#forget(item.type));
    // Instances may have been made for types whose rows are as before: for plugins that were registered late.
    view.on("change", ({ types }) => {
      for (const type of types) this.#forget(type);
    });
    const stop = view.registry.onRegister(() => {
      this.#kept = new WeakMap();
      this.#differing = new WeakMap();
    });
    view.on("close", stop);
  }

  /** Whether this was found about an item of a table, by its place there. */
  found({ types, items }: ItemTable, kind: Kind): (place: number) => boolean {
    const code = coded.indexOf(kind);
    const known = new Uint8Array(items.length);
    let offset = 0;
    for (const type of types) {
      known.set(this.#of(type).kinds, offset);
      offset += type.items.length;
    }
    return (place) =>
      known[place] === code ||
      // A disabled or retired one becomes ready without an event, when it is asked for.
      (known[place] === 0 && this.#view.readiness(items[place] as PluginItem).kind === kind);
  }

  /** Whether an item of a table is not what the code of this process says, by its place there. */
  differs({ types }: ItemTable): (place: number) => boolean {
    const differing = types.flatMap((type) => this.#differingIn(type));
    return (place) => differing[place] === true;
  }

  /** In what an item is not what the code of this process says. */
  differences(item: PluginItem): readonly CodeField[] {
    return codeDifferences(item, this.#view.registry);
  }

  /** A type for the list of types: the same object, as long as nothing in it changes. */
  listed(type: TypeSnapshot): ListedType {
    const finding = this.#of(type);
    const { listed } = finding;
    // What a selector says may change with anything.
    if (listed && (!listed.hasSelector || listed.serving === servingOf(type, this.#view))) return listed;
    finding.listed = listedType(type, this.#view, finding.health);
    return finding.listed;
  }

  #differingIn(type: TypeSnapshot): readonly boolean[] {
    const known = this.#differing.get(type) ?? type.items.map((item) => this.differences(item).length > 0);
    this.#differing.set(type, known);
    return known;
  }

  #of(type: TypeSnapshot): Finding {
    const finding = this.#kept.get(type) ?? this.#find(type);
    this.#kept.set(type, finding);
    return finding;
  }

  #find({ items }: TypeSnapshot): Finding {
    const health = { ready: 0, making: 0, failed: 0, missing: 0, cooling: 0, held: 0, idle: 0 };
    const kinds = Uint8Array.from(items, (item) => {
      if (!isInUse(item)) return 0;
      const { kind } = this.#view.readiness(item);
      health[kind] += 1;
      return coded.indexOf(kind);
    });
    return { kinds, health };
  }

  #forget({ manager, name }: PluginItem["type"]): void {
    const type = this.#view.snapshot.byIdentity.get(manager, name);
    if (type) this.#kept.delete(type);
    else this.#kept = new WeakMap();
  }
}
