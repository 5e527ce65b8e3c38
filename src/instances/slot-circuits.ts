import type { TypeIdentity } from "../definition/identity.ts";
import { statusInForce } from "../definition/lead.ts";
import { PairMap } from "../definition/pair-map.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { CallFailures } from "../selection/readiness.ts";
import type { Clock } from "../time/clock.ts";
import { Circuit } from "./circuit.ts";
import type { SeenCircuit } from "./circuit-state.ts";
import type { Slot } from "./slot.ts";

/** What the processes of a namespace found about an item, and its failures as the last of them told. */
export interface SeenItem extends SeenCircuit {
  readonly failures: CallFailures | undefined;
}

/** The other processes of the namespace. None of it is waited for. */
export interface Fleet {
  /** This process found something about a slot's instance. */
  found(slot: Slot): void;
  /** A call would try an instance, and the right to do so can be asked for; see `Circuit.want`. */
  wanted(slot: Slot, isWell: boolean): void;
  /** What is known of an item that has a new slot. */
  seen(item: PluginItem): SeenItem | undefined;
  /** What was known of an item says nothing any more: it has another config, or is out of use. */
  forget(item: PluginItem): void;
  /** An operator wants an item to be used again, whatever was wrong. @throws what the database says */
  release(item: PluginItem): Promise<void>;
}

const nobody: Fleet = {
  found: () => undefined,
  wanted: () => undefined,
  seen: () => undefined,
  forget: () => undefined,
  release: async () => undefined,
};

/** The circuits of this process's slots, and the line between them and the other processes. */
export class SlotCircuits {
  /** Default: there are none. */
  fleet: Fleet = nobody;
  readonly #clock: Clock;
  readonly #onAside: (slot: Slot) => void;
  /** By their type, slots that another process has the right to try: hardly ever any. */
  readonly #elsewhere = new PairMap<Set<Slot>>();
  /** Whether there are any. */
  hasElsewhere = false;

  /** @param onAside is called when a slot was put aside, or came back */
  constructor(clock: Clock, onAside: (slot: Slot) => void) {
    this.#clock = clock;
    this.#onAside = onAside;
  }

  of(slot: Slot): Circuit {
    slot.circuit ??= new Circuit(this.#clock, () => this.#onAside(slot), {
      found: () => this.fleet.found(slot),
      wanted: (isWell) => this.fleet.wanted(slot, isWell),
    });
    return slot.circuit;
  }

  /** A slot's item has another config, or is out of use. One that is disabled may be back, and still be as it was found. */
  end(slot: Slot | undefined, why?: "disabled"): void {
    if (slot === undefined) return;
    // Of a type that is not called here nothing else would.
    this.#forget(slot);
    if (why === undefined) this.fleet.forget(slot.item);
  }

  /** An operator wants it to be used again. What is under way tells nothing of what comes after. */
  release(slot: Slot | undefined): void {
    if (slot && (slot.circuit || slot.users > 0)) this.of(slot).release();
  }

  /** A new slot starts from what is known of its item. */
  begin(slot: Slot): void {
    this.adopt(slot, this.fleet.seen(slot.item));
  }

  /** Takes over what all processes found; undefined: nothing. */
  adopt(slot: Slot, seen: SeenItem | undefined): void {
    if (seen === undefined && slot.circuit === undefined) return;
    slot.failures = seen?.failures;
    const circuit = this.of(slot);
    circuit.adopt(seen ?? { phase: undefined, isUnauthorized: false, exhaustedMs: undefined });
    if (circuit.isElsewhere) this.#note(slot);
  }

  /** A call of a type begins: what it may not try, for that is another process's to do, is asked for where that is due. */
  want(type: TypeIdentity): void {
    const slots = this.#elsewhere.get(type.manager, type.name);
    for (const slot of slots ?? []) {
      if (!slot.circuit?.isElsewhere || slot.state.kind === "leaving") this.#forget(slot);
      else if (mayBeTried(slot)) slot.circuit.want();
    }
  }

  #note(slot: Slot): void {
    const { manager, name } = slot.item.type;
    const slots = this.#elsewhere.get(manager, name);
    if (slots) slots.add(slot);
    else this.#elsewhere.set(manager, name, new Set([slot]));
    this.hasElsewhere = true;
  }

  #forget(slot: Slot): void {
    const { manager, name } = slot.item.type;
    const slots = this.#elsewhere.get(manager, name);
    if (!slots?.delete(slot) || slots.size > 0) return;
    this.#elsewhere.delete(manager, name);
    this.hasElsewhere = !this.#elsewhere.values().next().done;
  }
}

const mayBeTried = ({ state, health, item }: Slot): boolean =>
  state.kind === "ready" &&
  health === undefined &&
  statusInForce(item) !== "disable" &&
  item.hold === undefined;
