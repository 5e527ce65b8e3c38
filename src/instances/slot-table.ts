import { hashOfId } from "../definition/hash-text.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { Slot } from "./slot.ts";

const smallest = 16;

/** Slots by the ids of their items. It holds no keys, which makes it a third of a map: there may be 100,000 slots. */
export class SlotTable {
  /** A power of two of places. A slot stands where the hash of its id leads to, or in one of the places after that. */
  #places: (Slot | undefined)[] = empty(smallest);
  #size = 0;

  get(id: string): Slot | undefined {
    return this.#places[this.#placeOf(id)];
  }

  /** The slot that has this very item. As `get`, but it reads less of the memory: no ids of other slots on the way. */
  having(item: PluginItem): Slot | undefined {
    const places = this.#places;
    for (let place = this.#firstPlaceOf(item.id); ; place = this.#after(place)) {
      const slot = places[place];
      if (slot === undefined || slot.item === item) return slot;
    }
  }

  /** Puts a slot in the place of its item, instead of the one that is there. */
  set(slot: Slot): void {
    const place = this.#placeOf(slot.item.id);
    if (this.#places[place] === undefined) this.#size += 1;
    this.#places[place] = slot;
    if (this.#size > this.#places.length * 0.8) this.#resize(2 * this.#places.length);
  }

  delete(id: string): void {
    const places = this.#places;
    let free = this.#placeOf(id);
    if (places[free] === undefined) return;
    this.#size -= 1;
    places[free] = undefined;
    // Those after it are found over the places before them, so the gap is closed.
    for (let place = this.#after(free); places[place] !== undefined; place = this.#after(place)) {
      const slot = places[place] as Slot;
      const first = this.#firstPlaceOf(slot.item.id);
      const isReached = free <= place ? free < first && first <= place : free < first || first <= place;
      if (isReached) continue;
      places[free] = slot;
      places[place] = undefined;
      free = place;
    }
    if (places.length > smallest && this.#size < places.length * 0.2) this.#resize(places.length / 2);
  }

  /** The slots as they are now, in no order. */
  values(): Slot[] {
    return this.#places.filter((slot) => slot !== undefined);
  }

  /** Where the slot of an item stands, or would. */
  #placeOf(id: string): number {
    const places = this.#places;
    for (let place = this.#firstPlaceOf(id); ; place = this.#after(place)) {
      const slot = places[place];
      if (slot === undefined || slot.item.id === id) return place;
    }
  }

  #firstPlaceOf(id: string): number {
    return hashOfId(id) & (this.#places.length - 1);
  }

  #after(place: number): number {
    return (place + 1) & (this.#places.length - 1);
  }

  #resize(length: number): void {
    const slots = this.values();
    this.#places = empty(length);
    for (const slot of slots) this.#places[this.#placeOf(slot.item.id)] = slot;
  }
}

const empty = (length: number): (Slot | undefined)[] => new Array<Slot | undefined>(length).fill(undefined);
