import type { Snapshot } from "../../selection/snapshot.ts";
import { Leadership } from "../../store/leadership.ts";
import { type Note, Notes } from "../../store/notes.ts";
import type { Store } from "../../store/store.ts";
import { newUuid } from "../../store/uuid.ts";
import { briefly } from "../../time/briefly.ts";
import type { Clock } from "../../time/clock.ts";
import { warn } from "../../warn.ts";
import type { Attention } from "../attention/attention.ts";
import { isOver, type Remembered, remember } from "../attention/remember.ts";
import { readRemembered } from "../attention/stored-attention.ts";
import type { AlertMessage } from "./alert-message.ts";
import type { AlertTarget } from "./alert-target.ts";
import { ChangeAlerts } from "./change-alerts.ts";
import { afterRequest, type Delivery, nextStep, readDelivery } from "./delivery.ts";
import { entryMessage, isFor } from "./entry-message.ts";
import { post } from "./post.ts";

export interface AlertsOptions {
  readonly targets: readonly AlertTarget[];
  readonly store: Store;
  readonly clock: Clock;
  readonly attention: Attention;
  readonly snapshot: () => Snapshot;
  readonly isLive: () => boolean;
}

/** How often the leader looks, and the others look whether there is one, in milliseconds. */
const lookMs = 5_000;

/** How long a leader that says nothing stays the leader, in milliseconds: longer than a look that waits for answers. */
const leaseMs = 20_000;

/** How long the end of a look is waited for, in milliseconds. */
const partingMs = 800;

/** So many requests go out at once. */
const atOnce = 8;

/** Tells targets what needs attention. One process of a fleet does so, and another takes over when that one is gone. */
export class Alerts {
  readonly #options: AlertsOptions;
  readonly #leadership: Leadership;
  readonly #attention: Notes;
  readonly #deliveries: Notes;
  readonly #changes: ChangeAlerts;
  #stop: (() => void) | undefined;
  #looking: Promise<void> = Promise.resolve();
  #isStopped = false;
  #leads = false;

  constructor(options: AlertsOptions) {
    const { store } = options;
    this.#options = options;
    this.#leadership = store.register((place) => new Leadership(place, newUuid()));
    this.#attention = store.register((place) => new Notes(place, "attention"));
    this.#deliveries = store.register((place) => new Notes(place, "alert"));
    this.#changes = new ChangeAlerts(options, this.#deliveries);
  }

  /** Looks from now on. */
  start(): void {
    this.#looking = this.#look().finally(() => {
      if (!this.#isStopped) this.#stop = this.#options.clock.schedule(lookMs, () => this.start());
    });
  }

  /** Leaves it to the others, within a second. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#stop?.();
    await briefly(this.#options.clock, this.#looking, partingMs);
    if (this.#leads) await this.#leadership.resign().catch(() => undefined);
  }

  /** Never throws: what the database says is told by following it. */
  async #look(): Promise<void> {
    if (!this.#options.isLive()) return;
    try {
      const { leads, now } = await this.#leadership.claim(leaseMs);
      this.#leads = leads;
      if (leads) await this.#tell(now);
    } catch {
      this.#leads = false;
    }
  }

  async #tell(now: number): Promise<void> {
    const { attention, targets } = this.#options;
    const notes = new Map((await this.#attention.all()).map((note) => [note.id, note]));
    const deliveries = new Map((await this.#deliveries.all()).map((note) => [note.id, note]));
    const known = [...notes.values()].flatMap(({ state }) => readRemembered(state) ?? []);
    const remembered = remember(known, await attention.find(), now);
    // It is noted before it is told: who takes over tells it, too.
    for (const one of remembered) await this.#note(one, notes);
    const due = targets.flatMap((target) =>
      remembered.map((one) => () => this.#deliver(target, one, deliveries, now)),
    );
    await inTurns(due);
    for (const one of remembered) if (isOver(one, now)) await this.#forget(one, notes, deliveries);
    await this.#changes.tell(deliveries, now);
  }

  async #note(one: Remembered, notes: Map<string, Note>): Promise<void> {
    const id = this.#attention.idOf(one.entry.key);
    const before = notes.get(id);
    if (before && JSON.stringify(before.state) === JSON.stringify(one)) return;
    const written = await this.#attention.save(id, before, one);
    if (written !== undefined && written !== "overtaken") notes.set(id, written);
  }

  async #deliver(
    target: AlertTarget,
    one: Remembered,
    deliveries: Map<string, Note>,
    now: number,
  ): Promise<void> {
    if (this.#isStopped) return;
    const id = this.#idOf(target, one);
    const before = deliveries.get(id);
    const known = readDelivery(before?.state);
    if (known === undefined && !isFor(target, one.entry)) return;
    const event = one.endedAt === null ? "new" : "ended";
    const step = nextStep(known, event, now, newUuid);
    if (step.kind === "none") return;
    const claimed = await this.#save(id, before, step.delivery, deliveries);
    if (step.kind !== "send" || claimed === undefined) return;
    const message = this.#messageOf(target, one);
    const posted = await post(target.request(message, step.id));
    const after = afterRequest(step.delivery, posted.kind, now, Math.random);
    await this.#save(id, claimed, after, deliveries);
    if (posted.kind !== "sent" && step.delivery.attempt?.tries === 1)
      warn(`an alert could not be sent to ${target.name}, and is tried again`, new Error(posted.problem));
  }

  #messageOf(target: AlertTarget, one: Remembered): AlertMessage {
    const { store, clock } = this.#options;
    return entryMessage(target, one, store.namespace, clock);
  }

  async #forget(one: Remembered, notes: Map<string, Note>, deliveries: Map<string, Note>): Promise<void> {
    const ids = this.#options.targets.map((target) => this.#idOf(target, one));
    const noted = ids.flatMap((id) => deliveries.get(id) ?? []);
    if (noted.some(({ state }) => readDelivery(state)?.attempt)) return;
    for (const note of noted) await this.#deliveries.save(note.id, note, undefined);
    const id = this.#attention.idOf(one.entry.key);
    await this.#attention.save(id, notes.get(id), undefined);
  }

  #idOf({ id }: AlertTarget, { entry }: Remembered): string {
    return this.#deliveries.idOf(id, entry.key);
  }

  /** undefined where another process was quicker. */
  async #save(
    id: string,
    before: Note | undefined,
    delivery: Delivery,
    deliveries: Map<string, Note>,
  ): Promise<Note | undefined> {
    const written = await this.#deliveries.save(id, before, delivery);
    if (written === undefined || written === "overtaken") return undefined;
    deliveries.set(id, written);
    return written;
  }
}

async function inTurns(work: readonly (() => Promise<void>)[]): Promise<void> {
  for (let start = 0; start < work.length; start += atOnce)
    await Promise.all(work.slice(start, start + atOnce).map((one) => one()));
}
