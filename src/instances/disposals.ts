import { isObject } from "../definition/contract.ts";
import { describePlugin } from "../definition/describe.ts";
import { endInstance } from "../definition/foreign-code.ts";
import type { Plugin } from "../definition/plugin.ts";
import { hideInError } from "../secrets/hide-secrets.ts";
import type { Clock } from "../time/clock.ts";
import { Closing } from "../time/closing.ts";
import { within } from "../time/deadline.ts";
import { warn } from "../warn.ts";
import type { Slot } from "./slot.ts";

/** Whose instance it is. */
type Owner = Pick<Slot, "plugin" | "input">;

/** An object that several slots and leases may hold. */
interface Held {
  readonly holders: Owner[];
  /** The last of them whose plugin says how it ends. */
  ender: Owner | undefined;
}

/**
 * Ends instances, each once, however many slots and leases were given the same object. One that does not end within
 * its time is reported and no longer waited for, so it holds up nothing.
 */
export class Disposals {
  readonly #clock: Clock;
  readonly #limitMs: number;
  /** Those that have an end, or may be given to a plugin that knows one. */
  readonly #held = new Map<object, Held>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #closing = new Closing();

  constructor(clock: Clock, limitMs: number) {
    this.#clock = clock;
    this.#limitMs = limitMs;
  }

  /** Notes one more holder of an instance. */
  hold(owner: Owner, instance: object): void {
    const held = this.#held.get(instance);
    const ender = hasEnd(owner.plugin, instance) ? owner : undefined;
    if (held) {
      held.holders.push(owner);
      held.ender = ender ?? held.ender;
    } else if (ender || owner.plugin.construction.kind === "create") {
      this.#held.set(instance, { holders: [owner], ender });
    }
  }

  /** Whether it matters who holds an instance: it has an end to come, or may yet be given to one who knows its end. */
  isHeld(instance: object): boolean {
    return this.#held.has(instance);
  }

  /** Notes that a holder is done with it; with the last one it is ended, the way that one of them says. */
  release(owner: Owner, instance: object): void {
    const held = this.#held.get(instance);
    if (held === undefined) return;
    const place = held.holders.indexOf(owner);
    if (place === -1) return;
    held.holders.splice(place, 1);
    if (held.holders.length > 0) return;
    this.#held.delete(instance);
    if (held.ender) this.#end(held.ender, instance);
  }

  /** Ends what was made for nobody: too late, or not as it has to be. */
  discard(owner: Owner, made: unknown): void {
    if (!isObject(made)) return;
    this.hold(owner, made);
    this.release(owner, made);
  }

  /** Waits for what is being ended, but not for longer than this many milliseconds. It waits for nothing after that. */
  async close(limitMs: number): Promise<void> {
    const ended = Promise.all(this.#underWay);
    const limit = { clock: this.#clock, ms: limitMs, late: "ending instances" };
    const reason = await within(ended, limit).then(
      () => new Error("plugbay was closed in the meantime"),
      (error: unknown) => error,
    );
    this.#closing.begin(reason);
  }

  #end({ plugin, input }: Owner, instance: object): void {
    const ms = this.#limitMs;
    const late = (): Error => new Error(`it did not end within ${ms} ms`);
    // What arrives when all is closed is ended, too, but no timer may be left by then.
    const limit = {
      clock: this.#clock,
      ms: this.#closing.hasBegun ? undefined : ms,
      late,
      stop: this.#closing,
    };
    const ending = within(endInstance(plugin, instance), limit).catch((error: unknown) =>
      warn(`${describePlugin(plugin)} failed while it was disposed of`, hideInError(error, input.secrets)),
    );
    const noted = ending.then(() => void this.#underWay.delete(noted));
    this.#underWay.add(noted);
  }
}

function hasEnd(plugin: Plugin, instance: object): boolean {
  if (plugin.dispose) return true;
  try {
    return Symbol.asyncDispose in instance || Symbol.dispose in instance;
  } catch {
    // A proxy may refuse to be asked.
    return false;
  }
}
