import type { PluginItem } from "plugbay";
import { FleetCircuits } from "../../src/following/circuits/fleet-circuits.ts";
import { RefusedWrites } from "../../src/following/refused-writes.ts";
import { isReady, Slot } from "../../src/instances/slot.ts";
import { SlotCircuits } from "../../src/instances/slot-circuits.ts";
import type { DecideCircuit, DecidedCircuit } from "../../src/store/circuit-register.ts";
import type { CircuitRow } from "../../src/store/stored-circuit.ts";
import { senderPlugin } from "../definition/otp.ts";
import { ManualClock, settle } from "../runtime/manual-clock.ts";

const policy = { failures: 2, coolingMs: 400, maxCoolingMs: 1_600 };
const pollMs = 50;
const item = {
  id: "item",
  type: { manager: "apps/otp", name: "otp" },
  config: null,
  configVersion: 1,
} as PluginItem;

/** A table that answers after some milliseconds, of which two processes may ask for at once, or not at all. */
class SlowTable {
  row: CircuitRow | undefined;
  isAway = false;
  onWrite = (): void => undefined;
  readonly #clock: ManualClock;
  #mark = 0;
  #seed = 1;

  constructor(clock: ManualClock) {
    this.#clock = clock;
  }

  get marks(): string {
    return String(this.row?.mark ?? 0);
  }

  get now(): number {
    return this.#clock.monotonic() + 1_000_000;
  }

  async all(): Promise<{ now: number; rows: CircuitRow[] }> {
    await this.trip();
    const found = { now: this.now, rows: this.row ? [this.row] : [] };
    await this.trip();
    return found;
  }

  async change(itemId: string, decide: DecideCircuit): Promise<DecidedCircuit | undefined> {
    for (;;) {
      await this.trip();
      const before = this.row;
      const now = this.now;
      const state = decide(before, now);
      if (state === "as it is") return { now, row: before };
      await this.trip();
      if (this.row?.mark !== before?.mark) continue;
      this.#mark += 1;
      this.row = state && { itemId, mark: this.#mark, state };
      this.onWrite();
      const { row } = this;
      await this.trip();
      return { now, row };
    }
  }

  async remove(): Promise<void> {
    await this.trip();
    this.row = undefined;
    this.onWrite();
    await this.trip();
  }

  /** 1 to 8 ms. */
  async trip(): Promise<void> {
    this.#seed = (this.#seed * 16_807) % 2_147_483_647;
    await new Promise<void>((resolve) => this.#clock.schedule(1 + (this.#seed % 8), resolve));
    if (this.isAway) throw new Error("the database is away");
  }
}

class Member {
  readonly slot = new Slot(senderPlugin("first"), item, undefined);
  readonly circuits: SlotCircuits;
  readonly fleet: FleetCircuits;
  readonly #table: SlowTable;
  #following: Promise<void> | undefined;

  constructor(clock: ManualClock, table: SlowTable) {
    this.slot.state = isReady;
    this.#table = table;
    this.circuits = new SlotCircuits(clock, () => undefined);
    this.fleet = new FleetCircuits({
      ...{ clock, circuits: this.circuits, register: table },
      slotOf: () => this.slot,
      refusedWrites: new RefusedWrites(clock),
      isLive: () => !table.isAway,
    });
  }

  get aside(): string {
    return this.slot.circuit?.aside?.reason ?? "none";
  }

  /** A look at the revision. */
  look(): void {
    this.#following ??= this.#look().finally(() => {
      this.#following = undefined;
    });
  }

  async #look(): Promise<void> {
    try {
      await this.#table.trip();
      await this.fleet.follow(this.#table.marks);
    } catch {
      // The next look comes.
    }
  }
}

export type FleetStep =
  | {
      readonly kind: "call" | "refuses" | "exhausted" | "release";
      readonly member: number;
      readonly ms?: number;
    }
  | { readonly kind: "wait"; readonly ms: number }
  | { readonly kind: "dies" | "recovers" | "away" | "back" };

/** Processes that share one provider, over a table that takes its time. */
export class FleetModel {
  readonly clock = new ManualClock();
  readonly table = new SlowTable(this.clock);
  readonly members: readonly Member[];
  /** Calls that tried the item when its cooling had ended: so many at once at the most. */
  mostProbes = 0;
  probes = 0;
  #underWay = 0;
  #isDead = false;

  private constructor(size: number) {
    this.members = Array.from({ length: size }, () => new Member(this.clock, this.table));
    this.table.onWrite = () => {
      for (const member of this.members) this.clock.schedule(2, () => member.look());
    };
    for (const [index, member] of this.members.entries()) this.#poll(member, 10 * index + 1);
  }

  static async open(size: number): Promise<FleetModel> {
    const model = new FleetModel(size);
    for (const member of model.members) member.look();
    await model.clock.advance(pollMs);
    return model;
  }

  async play(step: FleetStep): Promise<void> {
    switch (step.kind) {
      case "wait":
        await this.clock.advance(step.ms);
        break;
      case "call":
        this.call(step.member, step.ms ?? 0);
        break;
      case "dies":
      case "recovers":
        this.#isDead = step.kind === "dies";
        break;
      case "away":
      case "back":
        this.table.isAway = step.kind === "away";
        break;
      case "refuses":
        this.#circuitOf(step.member).record("unauthorized", this.#circuitOf(step.member).ticket(), policy);
        break;
      case "exhausted":
        this.#circuitOf(step.member).record(
          { exhausted: 300 },
          this.#circuitOf(step.member).ticket(),
          policy,
        );
        break;
      case "release": {
        const { slot, fleet } = this.#member(step.member);
        slot.circuit?.release();
        fleet.release(item).catch(() => undefined);
      }
    }
    await settle();
  }

  /** Whether the call was one of the item: else it went to the next. */
  call(index: number, ms: number): boolean {
    const { circuits, slot } = this.#member(index);
    circuits.want(item.type);
    if (slot.circuit?.aside) return false;
    const probe = slot.circuit?.claimProbe();
    const ticket = probe ?? slot.circuit?.ticket() ?? 0;
    if (probe !== undefined) {
      this.probes += 1;
      this.#underWay += 1;
      this.mostProbes = Math.max(this.mostProbes, this.#underWay);
    }
    this.clock.schedule(ms, () => {
      if (probe !== undefined) this.#underWay -= 1;
      circuits.of(slot).record(this.#isDead ? "ambiguous" : "success", ticket, policy);
    });
    return true;
  }

  /** All that is under way ends, and everybody has looked. */
  async quiet(): Promise<void> {
    await this.clock.advance(2_000);
  }

  #circuitOf(index: number) {
    const { circuits, slot } = this.#member(index);
    return circuits.of(slot);
  }

  #member(index: number): Member {
    const member = this.members[index];
    if (member === undefined) throw new Error(`there is no process ${index}`);
    return member;
  }

  #poll(member: Member, ms: number): void {
    this.clock.schedule(ms, () => {
      member.look();
      this.#poll(member, pollMs);
    });
  }
}
