import type { PluginItem } from "../../definition/plugin-item.ts";
import type { Slot } from "../../instances/slot.ts";
import type { Fleet, SeenItem, SlotCircuits } from "../../instances/slot-circuits.ts";
import { configDigest } from "../../secrets/config-digest.ts";
import type { CircuitRegister } from "../../store/circuit-register.ts";
import type { CircuitRow, StoredCircuit } from "../../store/stored-circuit.ts";
import { newUuid } from "../../store/uuid.ts";
import { cut, messageOf } from "../../thrown.ts";
import type { Clock } from "../../time/clock.ts";
import { coalesce } from "../coalesce.ts";
import type { RefusedWrites } from "../refused-writes.ts";
import { graceMs, mergeFinding } from "./merge-finding.ts";
import { seenItem } from "./seen-item.ts";
import { handBack, takeOver } from "./take-over.ts";

export interface FleetCircuitsOptions {
  readonly clock: Clock;
  readonly register: Pick<CircuitRegister, "all" | "change" | "remove">;
  readonly circuits: SlotCircuits;
  /** The slot of an item, of its present config. */
  readonly slotOf: (itemId: string) => Slot | undefined;
  readonly refusedWrites: RefusedWrites;
  /** Whether the database answers. */
  readonly isLive: () => boolean;
}

/** How much of a message is told, in characters. */
const longestMessage = 500;

/**
 * Tells the other processes what this one found about items in use, and takes over what they found. The table is the
 * truth: each look at the revision shows whether it changed. Nothing here is waited for by a call; while the database is
 * away, each process goes by what it finds itself, and they agree again afterwards.
 */
export class FleetCircuits implements Fleet {
  readonly #options: FleetCircuitsOptions;
  readonly #me = newUuid();
  readonly #rows = new Map<string, CircuitRow>();
  /** As `Head.circuits`; undefined before the first look, and where what was read has to be read again. */
  #marks: string | undefined;
  /** From the monotonic time here to the database's, in milliseconds. */
  #offset = 0;
  /** The ids of items whose credentials were refused before this process began: its own may be others. */
  #others: Set<string> | undefined;
  /** Slots that there is something to tell of. */
  readonly #due = new Set<Slot>();
  readonly #claiming = new Set<Slot>();
  /** By the item's id, rights that were taken over, and are not used before the former owner has heard of it. */
  readonly #handovers = new Map<string, () => void>();
  /** The ids of items whose rows are being written. */
  readonly #writing = new Set<string>();
  /** The ids of items whose rows were written while all of them were read. */
  #overtaken = new Set<string>();
  readonly #readInTurn = coalesce(() => this.#read());
  #telling: Promise<void> | undefined;
  #isClosed = false;

  constructor(options: FleetCircuitsOptions) {
    this.#options = options;
    options.circuits.fleet = this;
  }

  found(slot: Slot): void {
    if (this.#isClosed) return;
    this.#due.add(slot);
    this.#tellSoon();
  }

  wanted(slot: Slot, isWell: boolean): void {
    if (this.#isClosed || this.#claiming.has(slot) || this.#handovers.has(slot.item.id)) return;
    const { isLive, refusedWrites, slotOf } = this.#options;
    // What still serves under a former config is no concern of the others any more.
    if (!isLive() || refusedWrites.isResting("circuits") || slotOf(slot.item.id) !== slot) {
      slot.circuit?.goAlone();
      return;
    }
    this.#claiming.add(slot);
    this.#claim(slot, isWell)
      .catch((error: unknown) => {
        if (refusedWrites.isRefusal("circuits", error)) slot.circuit?.goAlone();
      })
      .finally(() => this.#claiming.delete(slot));
  }

  seen(item: PluginItem): SeenItem | undefined {
    const row = this.#rows.get(item.id);
    return row && this.#seenItem(item, row);
  }

  forget(item: PluginItem): void {
    const row = this.#rows.get(item.id);
    if (this.#isClosed || row?.state === undefined) return;
    if (row.state.config !== configDigest(item).toString("hex")) return;
    this.#rows.set(item.id, { ...row, state: undefined });
    const forget = (now: CircuitRow | undefined) => (now?.mark === row.mark ? undefined : "as it is");
    // Every process does so. Where none can, it says nothing to anybody who runs, and expires.
    this.#write(item.id, () => this.#options.register.change(item.id, forget)).catch(() => undefined);
  }

  async release({ id }: PluginItem): Promise<void> {
    this.#endHandover(id);
    const row = this.#rows.get(id);
    try {
      await this.#write(id, () => this.#options.register.remove(id));
    } finally {
      // By now it may have failed again. Where the row is still there, the next look takes it over anew.
      if (this.#rows.get(id) === row) this.#rows.delete(id);
    }
  }

  /** Takes over what changed since the last look; `marks` is what that shows, undefined where it does not. */
  async follow(marks: string | undefined): Promise<void> {
    if (this.#isClosed) return;
    if (marks === undefined || marks !== this.#marks) await this.#readInTurn();
    if (this.#due.size > 0) this.#tellSoon();
  }

  /** The rights that this process has are given back, for it makes nothing of them any more. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#due.clear();
    for (const id of this.#handovers.keys()) this.#endHandover(id);
    await this.#telling;
    const own = [...this.#rows.values()].filter(({ state }) => state?.phase?.owner === this.#me);
    const { register } = this.#options;
    const me = this.#me;
    for (const { itemId } of own) {
      await register.change(itemId, (row, now) => handBack(row?.state, { me, now }) ?? "as it is");
    }
  }

  /** After the call that it was found by. */
  #tellSoon(): void {
    this.#telling ??= Promise.resolve().then(() => this.#tell());
  }

  async #tell(): Promise<void> {
    const { isLive, refusedWrites, slotOf } = this.#options;
    try {
      for (const slot of this.#due) {
        if (!isLive() || this.#isClosed) return;
        this.#due.delete(slot);
        // What became of it under a former config is of no interest to anybody.
        if (slotOf(slot.item.id) !== slot || refusedWrites.isResting("circuits")) continue;
        await this.#tellOf(slot).catch((error: unknown) => {
          if (refusedWrites.isRefusal("circuits", error)) return;
          this.#due.add(slot);
          throw error;
        });
      }
    } catch {
      // It is told at the next look that succeeds.
    } finally {
      this.#telling = undefined;
    }
  }

  async #tellOf(slot: Slot): Promise<void> {
    const { register } = this.#options;
    const { item } = slot;
    const knownMark = this.#rows.get(item.id)?.mark;
    const config = configDigest(item).toString("hex");
    let isMine = false;
    const decide = (row: CircuitRow | undefined, now: number): StoredCircuit | undefined | "as it is" => {
      const { circuit } = slot;
      if (circuit === undefined) return "as it is";
      const { finding } = circuit;
      const isUpToDate = row?.mark === knownMark;
      // They are no others any more.
      if (finding.isUnauthorized) this.#others?.delete(item.id);
      const context = {
        ...{ me: this.#me, now, config, failures: this.#failuresOf(slot, now), isUpToDate },
        hasOwnCredentials: this.#hasOwnCredentials(item),
      };
      const merged = mergeFinding(row?.state, finding, context);
      isMine = isUpToDate && finding.circuit.kind !== "elsewhere";
      return merged === undefined && row === undefined ? "as it is" : merged;
    };
    const decided = await this.#write(item.id, () => register.change(item.id, decide));
    // What was found meanwhile is told next, and does not count for an answer to this.
    if (decided === undefined || (!isMine && this.#due.has(slot))) return;
    this.#note(item.id, decided.row, decided.now);
    if (!isMine) this.#adopt(item.id);
  }

  async #claim(slot: Slot, isWell: boolean): Promise<void> {
    const { register, clock } = this.#options;
    const { id } = slot.item;
    const me = this.#me;
    let former: string | null = null;
    let isTaken = false;
    const decide = (row: CircuitRow | undefined, now: number): StoredCircuit | "as it is" => {
      const taken = takeOver(row?.state, { me, now, isWell });
      isTaken = taken !== undefined;
      former = row?.state?.phase?.owner ?? null;
      return taken ?? "as it is";
    };
    const decided = await this.#write(id, () => register.change(id, decide));
    if (decided === undefined || this.#isClosed || this.#due.has(slot)) return;
    this.#note(id, decided.row, decided.now);
    if (isTaken && former !== null) {
      const waitMs = graceMs(decided.row?.state?.phase?.coolingMs ?? 0);
      const cancel = clock.schedule(waitMs, () => void this.#useRight(id));
      this.#handovers.set(id, cancel);
    }
    this.#adopt(id);
  }

  /** The former owner has had its time, and may have begun a call in it. */
  async #useRight(id: string): Promise<void> {
    const found = await this.#options.register.change(id, () => "as it is").catch(() => undefined);
    if (!this.#handovers.delete(id) || this.#isClosed || found === undefined) return;
    this.#note(id, found.row, found.now);
    this.#adopt(id);
  }

  async #write<T>(id: string, work: () => Promise<T>): Promise<T> {
    this.#writing.add(id);
    this.#overtaken.add(id);
    try {
      return await work();
    } finally {
      this.#writing.delete(id);
      this.#overtaken.add(id);
      // The others may have put back what the last look showed.
      this.#marks = undefined;
    }
  }

  async #read(): Promise<void> {
    const overtaken = new Set(this.#writing);
    this.#overtaken = overtaken;
    const { now, rows } = await this.#options.register.all();
    if (this.#isClosed) return;
    for (const { item } of this.#due) overtaken.add(item.id);
    this.#others ??= new Set(rows.flatMap(({ itemId, state }) => (state?.isUnauthorized ? itemId : [])));
    const read = new Map(rows.map((row) => [row.itemId, row]));
    for (const id of new Set([...read.keys(), ...this.#rows.keys()])) {
      const row = read.get(id);
      if (overtaken.has(id) || row?.mark === this.#rows.get(id)?.mark) continue;
      this.#note(id, row, now);
      this.#adopt(id);
    }
    // Of what was written meanwhile nobody can tell whether it is newer than what was read.
    this.#marks = overtaken.size > 0 ? undefined : String(rows.reduce((sum, { mark }) => sum + mark, 0));
  }

  #note(id: string, row: CircuitRow | undefined, now: number): void {
    if (!row?.state?.isUnauthorized) this.#others?.delete(id);
    if (row) {
      this.#rows.set(id, row);
      this.#offset = now - this.#options.clock.monotonic();
    } else this.#rows.delete(id);
  }

  /** Has the item's slot go by what is known. */
  #adopt(id: string): void {
    const { slotOf, circuits } = this.#options;
    const slot = slotOf(id);
    if (slot === undefined) return;
    const row = this.#rows.get(id);
    circuits.adopt(slot, row && this.#seenItem(slot.item, row));
    const phase = row?.state?.phase;
    if (phase?.owner !== this.#me || phase.kind === "probing") this.#endHandover(id);
  }

  #hasOwnCredentials({ id, config }: PluginItem): boolean {
    return config === null && this.#others?.has(id) === true;
  }

  #seenItem(item: PluginItem, { state }: CircuitRow): SeenItem | undefined {
    if (state === undefined || state.config !== configDigest(item).toString("hex")) return undefined;
    const { clock } = this.#options;
    const me = this.#handovers.has(item.id) ? "" : this.#me;
    const by = { me, now: clock.monotonic() + this.#offset, localNow: clock.now() };
    return seenItem(this.#hasOwnCredentials(item) ? { ...state, isUnauthorized: false } : state, by);
  }

  #failuresOf({ failures }: Slot, now: number): StoredCircuit["failures"] {
    if (failures === undefined) return null;
    const { count, error, at } = failures;
    const message = error === undefined ? null : cut(messageOf(error), longestMessage);
    return { count, error: message, at: now - (this.#options.clock.now() - at) };
  }

  #endHandover(id: string): void {
    this.#handovers.get(id)?.();
    this.#handovers.delete(id);
  }
}
