import type { Told, Trade } from "./trade.ts";

/** What came of the orders of a trade. */
export class Figures {
  readonly #trade: Trade;
  readonly #booked: ReadonlyMap<string, number>;

  constructor(trade: Trade) {
    this.#trade = trade;
    this.#booked = trade.ledger.booked;
  }

  /** Orders that the application was told this of; with `times`, those of them that were booked so often. */
  told(what: Told, times?: (booked: number) => boolean): number {
    return [...this.#trade.told].filter(
      ([order, one]) => one === what && (times?.(this.#booked.get(order) ?? 0) ?? true),
    ).length;
  }

  get orders(): number {
    return this.#trade.told.size;
  }

  get bookedTwice(): number {
    return [...this.#booked.values()].filter((times) => times > 1).length;
  }

  get knownByKey(): number {
    return this.#trade.ledger.count("known by its key");
  }

  get knownByOrder(): number {
    return this.#trade.ledger.count("known by its order");
  }

  get queued(): number {
    return new Set(this.#trade.queued).size;
  }

  /** Runs in which a gateway saw two keys, or two gateways the same. */
  get wrongKeys(): number {
    const { ledger, queued } = this.#trade;
    const again = new Set(queued);
    const gatewayOf = new Map<string, string>();
    const keyOf = new Map<string, string>();
    let wrong = 0;
    for (const { order, gateway, key } of ledger.charges) {
      if (again.has(order)) continue;
      const place = `${gateway} ${order}`;
      if ((keyOf.get(place) ?? key) !== key || (gatewayOf.get(key) ?? gateway) !== gateway) wrong += 1;
      keyOf.set(place, key);
      gatewayOf.set(key, gateway);
    }
    return wrong;
  }

  row(name: string): string[] {
    const told = (["charged", "unknown", "refused", "failed"] as const).map((what) => this.told(what));
    const found = [this.orders, ...told, this.knownByKey, this.knownByOrder, this.bookedTwice];
    return [name, ...found.map(String)];
  }
}

export const head = [
  "type",
  "orders",
  "told: charged",
  "unknown",
  "refused",
  "failed",
  "repeats known by key",
  "by order",
  "charged twice",
];
