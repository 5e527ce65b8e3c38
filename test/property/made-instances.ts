import { definePlugin, type Plugin } from "plugbay";
import { type OtpSender, otp } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import type { ManualClock } from "../runtime/manual-clock.ts";
import type { Making } from "./instance-actions.ts";

/** The config of an item; `number` tells it from all others. */
export interface MakingConfig {
  readonly number: number;
  readonly making: Making;
  readonly endsSlowly: boolean;
}

/** What `create` made. */
export class Made implements OtpSender {
  readonly by: string;
  /** Which configs of which items it was given for. */
  readonly madeFor = new Set<string>();
  readonly itemIds = new Set<string>();
  readonly endsSlowly: boolean;
  /** How many leases, tasks and checks use it. */
  users = 0;
  disposals = 0;
  /** When a caller last got it, by the monotonic clock. */
  givenAt = Number.NEGATIVE_INFINITY;

  constructor(by: string, endsSlowly: boolean) {
    this.by = by;
    this.endsSlowly = endsSlowly;
  }

  async sendOtp(): Promise<string> {
    return this.by;
  }
}

/** What came of the last time that `create` was called for an item. */
export interface Attempt {
  readonly number: number;
  outcome: "pending" | "failed" | "too late" | Made;
}

/** A schema that takes any config. */
const config = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as const;

const first: MakingConfig = { number: 0, making: "at once", endsSlowly: false };

/** Plugins whose instances note what becomes of them. */
export class MadeInstances {
  readonly all: Made[] = [];
  /** By the ids of items. */
  readonly attempts = new Map<string, Attempt>();
  /** What is held up, in the order in which it began. */
  readonly gates: Gate[] = [];
  /** The ids of items whose health checks fail. */
  readonly ill = new Set<string>();
  readonly problems: string[] = [];
  readonly #clock: ManualClock;
  readonly #graceMs: number;
  isClosing = false;

  constructor(clock: ManualClock, graceMs: number) {
    this.#clock = clock;
    this.#graceMs = graceMs;
  }

  /** Resolves when an action lets it pass. */
  held(): Promise<void> {
    const gate = new Gate();
    this.gates.push(gate);
    return gate.passed;
  }

  plugin(name: string, priority: number): Plugin {
    return definePlugin(otp, {
      name,
      module: "apps/channels",
      priority,
      config,
      create: (context) => {
        const wanted = (context.config as Partial<MakingConfig>).number
          ? (context.config as MakingConfig)
          : first;
        const attempt: Attempt = { number: wanted.number, outcome: "pending" };
        this.attempts.set(context.item.id, attempt);
        const make = (): Made => {
          const isLate = context.signal.aborted;
          attempt.outcome = "failed";
          if (wanted.making.startsWith("fails")) throw new Error("it fails");
          const other = this.all.findLast(({ disposals }) => disposals === 0);
          const made =
            wanted.making === "same" && other
              ? other
              : new Made(`${name} ${wanted.number}`, wanted.endsSlowly);
          if (made !== other) this.all.push(made);
          made.madeFor.add(`${context.item.id} ${wanted.number}`);
          made.itemIds.add(context.item.id);
          attempt.outcome = isLate ? "too late" : made;
          return made;
        };
        return wanted.making.endsWith("slowly") ? this.held().then(make) : make();
      },
      check: async ({ instance }) => {
        const made = this.beginUse(instance as Made, "a check");
        if (made.endsSlowly) await this.held();
        this.endUse(made, "a check");
        for (const id of made.itemIds) if (this.ill.has(id)) throw new Error("ill");
      },
      dispose: (made) => this.#dispose(made as Made),
    });
  }

  /** Somebody got an instance from a call that leaves it to them for a time. */
  given(instance: object, by: string): Made {
    const made = instance as Made;
    made.givenAt = this.#clock.monotonic();
    this.#expectAlive(made, by);
    return made;
  }

  /** Somebody uses an instance for as long as that takes. */
  beginUse(instance: object, by: string): Made {
    const made = instance as Made;
    this.#expectAlive(made, by);
    made.users += 1;
    return made;
  }

  endUse(made: Made, by: string): void {
    made.users -= 1;
    this.#expectAlive(made, `the end of ${by}`);
  }

  #expectAlive({ by, disposals }: Made, user: string): void {
    if (disposals > 0 && !this.isClosing) this.problems.push(`${user} has ${by}, which is disposed of`);
  }

  #dispose(made: Made): Promise<void> | undefined {
    made.disposals += 1;
    if (made.disposals > 1) this.problems.push(`${made.by} is disposed of ${made.disposals} times`);
    if (!this.isClosing) {
      if (made.users > 0) this.problems.push(`${made.by} is disposed of while it is in use`);
      const sinceMs = this.#clock.monotonic() - made.givenAt;
      if (sinceMs < this.#graceMs)
        this.problems.push(`${made.by} is disposed of ${sinceMs} ms after somebody got it`);
    }
    return made.endsSlowly ? this.held() : undefined;
  }
}
