/**
 * A map keyed by two strings. Identities are pairs, and joining them into one string would make
 * (`x-by-y`, `z`) and (`x`, `y-by-z`) the same key.
 */
export class PairMap<V> {
  readonly #outer = new Map<string, Map<string, V>>();

  get(first: string, second: string): V | undefined {
    return this.#outer.get(first)?.get(second);
  }

  has(first: string, second: string): boolean {
    return this.#outer.get(first)?.has(second) ?? false;
  }

  set(first: string, second: string, value: V): this {
    const inner = this.#outer.get(first);
    if (inner) inner.set(second, value);
    else this.#outer.set(first, new Map([[second, value]]));
    return this;
  }

  delete(first: string, second: string): void {
    const inner = this.#outer.get(first);
    inner?.delete(second);
    if (inner?.size === 0) this.#outer.delete(first);
  }

  *values(): Generator<V> {
    for (const inner of this.#outer.values()) yield* inner.values();
  }
}
