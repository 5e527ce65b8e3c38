import { setTimeout as pause } from "node:timers/promises";
import { definePlugin, definePluginType, type Plugin } from "plugbay";

export interface Worker {
  work(): void;
}

export const worker = definePluginType<Worker>({
  name: "worker",
  manager: "soak",
  methods: { work: "required" },
});

const creates = ["at once", "slow", "fails", "fails slowly", "hangs"] as const;
const ends = ["at once", "slow", "fails", "hangs a little"] as const;

/** How an item's instance is made and ended. */
interface Ways {
  readonly create: (typeof creates)[number];
  readonly end: (typeof ends)[number];
}

/** What became of the instances that were made. */
export const ledger = { made: 0, twice: 0, used: 0, open: new Set<Made>() };

/** How many instances are being ended. */
export const ending = { count: 0 };

class Made implements Worker {
  readonly end: Ways["end"];
  #disposals = 0;

  constructor({ end }: Ways) {
    this.end = end;
    ledger.made += 1;
    ledger.open.add(this);
  }

  /** @throws Error when it is used after its end */
  work(): void {
    if (this.#disposals === 0) return;
    ledger.used += 1;
    throw new Error("it is disposed of");
  }

  dispose(): void {
    this.#disposals += 1;
    if (this.#disposals > 1) ledger.twice += 1;
    ledger.open.delete(this);
  }
}

const good: Ways = { create: "at once", end: "at once" };
const schema = {
  "~standard": {
    version: 1,
    vendor: "soak",
    validate: (value: unknown) => ({ value: { ...good, ...(value as object) } }),
  },
} as const;

export const pick = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
const upTo = (ms: number): Promise<void> => pause(Math.random() * ms);

/** A config that differs from all before. */
export const anyConfig = (number: number): Ways & { readonly number: number } => ({
  number,
  create: pick(creates),
  end: pick(ends),
});
export const goodConfig = (number: number) => ({ number, ...good });

export const plugin = (name: string, priority: number): Plugin =>
  definePlugin(worker, {
    name,
    module: "soak",
    priority,
    config: schema,
    create: ({ config, signal }) => {
      const ways = config as Ways;
      const make = (): Made => {
        if (ways.create.startsWith("fails")) throw new Error("it cannot be made");
        return new Made(ways);
      };
      if (ways.create === "at once" || ways.create === "fails") return make();
      // What hangs is made too late; half of it gives up when it is told to.
      const wait = ways.create === "hangs" ? pause(1_500) : upTo(300);
      return wait.then(() => {
        if (signal.aborted && Math.random() < 0.5) throw signal.reason;
        return make();
      });
    },
    check: async ({ instance, signal }) => {
      (instance as Worker | undefined)?.work();
      await upTo(50);
      // Told to give up, as at close, it has to leave the instance alone.
      if (signal.aborted) return;
      (instance as Worker | undefined)?.work();
      if (Math.random() < 0.1) throw new Error("it is ill");
    },
    dispose: async (instance) => {
      const made = instance as Made;
      made.dispose();
      ending.count += 1;
      if (made.end !== "at once") await upTo(made.end === "hangs a little" ? 1_500 : 100);
      ending.count -= 1;
      if (made.end === "fails") throw new Error("it cannot be ended");
    },
  });
