import { setTimeout as pause } from "node:timers/promises";
import type { Plugbay } from "plugbay";
import { anyConfig, goodConfig, pick, plugin, worker } from "./soak-plugins.ts";

const by = { actor: "soak" };

/** What many callers and several operators do at once. Errors are part of it. */
export class Load {
  readonly counts = { changes: 0, refused: 0, calls: 0, failed: 0 };
  /** Long-lived, as that of a server which will be shut down one day. */
  readonly signals = [new AbortController(), new AbortController()].map(({ signal }) => signal);
  readonly #plugbays: readonly Plugbay[];
  readonly #ids: string[];
  #number = 0;
  #late = 0;

  constructor(plugbays: readonly Plugbay[]) {
    this.#plugbays = plugbays;
    this.#ids = plugbays.flatMap((plugbay) => plugbay.items(worker).map(({ id }) => id));
  }

  /** Works until `until` (by `performance.now()`), and resolves when all of it has ended. */
  async run(until: number): Promise<void> {
    const loop = async (work: () => Promise<void>): Promise<void> => {
      while (performance.now() < until) await work();
    };
    await Promise.all([
      ...Array.from({ length: 4 }, () => loop(() => this.#change())),
      ...Array.from({ length: 40 }, () => loop(() => this.#call())),
    ]);
  }

  /** Has all items ready and in use, with another config each. */
  async calm(): Promise<void> {
    const [first] = this.#plugbays;
    if (first === undefined) return;
    await first.control.restore([...new Set(this.#ids)], by);
    for (const id of new Set(this.#ids)) {
      this.#number += 1;
      await first.control.updateItem(id, { status: "active", config: goodConfig(this.#number) }, by);
    }
    await Promise.all(this.#plugbays.map((plugbay) => plugbay.refresh()));
  }

  /** Registers one more plugin everywhere. */
  register(): void {
    this.#late += 1;
    for (const plugbay of this.#plugbays) plugbay.registry.register(plugin(`late-${this.#late}`, this.#late));
  }

  async #change(): Promise<void> {
    const plugbay = pick(this.#plugbays);
    const { control } = plugbay;
    const id = pick(this.#ids);
    this.#number += 1;
    const chance = Math.random();
    const changed =
      chance < 0.6
        ? control.updateItem(id, { config: { ...anyConfig(this.#number) } }, by)
        : chance < 0.75
          ? control.updateItem(id, { status: pick(["active", "reserve", "disable"] as const) }, by)
          : chance < 0.85
            ? control.updateItem(id, { priority: this.#number % 20 }, by)
            : chance < 0.9
              ? control.retire([id], by)
              : control.restore([id], by);
    // An operator does not wait for what is being made.
    const ended = changed.then(
      () => {
        this.counts.changes += 1;
      },
      () => {
        this.counts.refused += 1;
      },
    );
    await Promise.race([ended, pause(20)]);
    await pause(5 * Math.random());
  }

  async #call(): Promise<void> {
    const plugbay = pick(this.#plugbays);
    this.counts.calls += 1;
    const chance = Math.random();
    try {
      if (chance < 0.3) plugbay.get(worker)?.work();
      else if (chance < 0.4) plugbay.getById(worker, pick(this.#ids), { includeDisabled: true })?.work();
      else if (chance < 0.5) {
        using lease = plugbay.lease(worker);
        await pause(300 * Math.random());
        lease?.instance.work();
      } else await this.#task(plugbay);
    } catch {
      this.counts.failed += 1;
    }
    await pause(10 * Math.random());
  }

  async #task(plugbay: Plugbay): Promise<void> {
    const takesMs = Math.random() < 0.05 ? 1_200 : 40 * Math.random();
    await plugbay.run(
      worker,
      async (instance) => {
        instance.work();
        await pause(takesMs);
        instance.work();
        if (Math.random() < 0.1) throw new Error("the task fails");
      },
      {
        signal: pick(this.signals),
        ...(Math.random() < 0.7 ? { timeoutMs: 100 + 200 * Math.random() } : {}),
      },
    );
  }
}
