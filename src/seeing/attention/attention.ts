import type { PluginItem } from "../../definition/plugin-item.ts";
import type { State } from "../../following/state.ts";
import type { Snapshot } from "../../selection/snapshot.ts";
import { Notes } from "../../store/notes.ts";
import type { ProcessRow } from "../../store/process-row.ts";
import type { Store } from "../../store/store.ts";
import type { Clock } from "../../time/clock.ts";
import { attend } from "./attend.ts";
import type { AttentionEntry, Found } from "./attention-entry.ts";
import type { Evidence, KeyInUse } from "./evidence.ts";
import { lasting, remember } from "./remember.ts";
import { readRemembered } from "./stored-attention.ts";

/** What attention looks at. */
export interface AttentionOptions extends Pick<Evidence, "silentMs" | "openedAt" | "missesOf"> {
  readonly store: Store;
  readonly clock: Clock;
  readonly state: () => State;
  readonly snapshot: () => Snapshot;
  /** Brings the snapshot up to date. */
  readonly catchUp: () => Promise<void>;
  /** The keys of secrets that are in use, and not as they should be. */
  readonly keys: () => readonly KeyInUse[];
  /** What names an item of a snapshot on the command line. */
  readonly operands: (snapshot: Snapshot) => (item: PluginItem) => string;
}

/** How far back is looked for the change that a process has not heard of. */
const changesRead = 50;

/** What an operator should look at, by what all processes say. */
export class Attention {
  readonly #options: AttentionOptions;
  readonly #notes: Notes;

  constructor(options: AttentionOptions) {
    this.#options = options;
    this.#notes = options.store.register((place) => new Notes(place, "attention"));
  }

  /** The entries, the gravest first. @throws what the database says */
  async entries(): Promise<AttentionEntry[]> {
    const { clock, state, catchUp } = this.#options;
    await catchUp();
    const found = await this.find();
    // Without the tables, nothing is remembered.
    const notes = state().kind === "live" ? await this.#notes.all() : [];
    const known = notes.flatMap((note) => readRemembered(note.state) ?? []);
    return lasting(remember(known, found, clock.now()));
  }

  /** What there is to be told now. @throws what the database says */
  async find(): Promise<Found[]> {
    const { store, clock, state, snapshot, silentMs, openedAt, missesOf } = this.#options;
    const seen = snapshot();
    const common = {
      ...{ now: clock.now(), snapshot: seen, silentMs, openedAt, missesOf },
      operand: this.#options.operands(seen),
    };
    const pendingMigrations = state().kind === "live" ? [] : await store.pendingMigrations();
    if (pendingMigrations.length > 0) {
      const nothing = { processes: [], circuits: { now: 0, rows: [] }, keys: [] };
      return attend({ ...common, ...nothing, pendingMigrations, changedAfter: () => undefined });
    }
    const [processes, circuits] = await Promise.all([store.processes(), store.circuits.all()]);
    return attend({
      ...common,
      processes,
      circuits,
      keys: this.#options.keys(),
      pendingMigrations,
      changedAfter: await this.#changes(seen, processes),
    });
  }

  /** Reads nothing where all processes have the newest revision. */
  async #changes(snapshot: Snapshot, processes: readonly ProcessRow[]): Promise<Evidence["changedAfter"]> {
    if (processes.every(({ revision }) => revision >= snapshot.revision)) return () => undefined;
    const latest = await this.#options.store.history({ limit: changesRead });
    return (revision) => latest.findLast((entry) => entry.revision > revision)?.at;
  }
}
