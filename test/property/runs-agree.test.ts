import fc from "fast-check";
import { definePlugin, definePluginType, type Outcome, type Plugbay, type PluginItem } from "plugbay";
import { expect, onTestFinished, test, vi } from "vitest";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import { type RunOutcome, RunsModel, type Step } from "./run-model.ts";
import { seed, times } from "./times.ts";

interface Sender {
  readonly name: string;
  send(): void;
}

const names = ["a", "b", "spare"];
const by = { actor: "operator" };

// Of one run, too, no two things are due at once: then there is no right order.
const policy = fc.record({
  idempotent: fc.boolean(),
  timeoutMs: fc.constantFrom(undefined, 105, 1_105),
  idleTimeoutMs: fc.constantFrom(undefined, undefined, 205),
  deadlineMs: fc.constantFrom(undefined, 315, 2_015),
  maxAttempts: fc.constantFrom(1, 2, 5, 9),
  attemptsPerItem: fc.constantFrom(1, 1, 2, 4),
  waitMs: fc.constantFrom(0, 600, 3_000),
  circuit: fc.oneof(
    fc.constant(false as const),
    fc.constantFrom(1, 3, 5).map((failures) => ({ failures, coolingMs: 1_007, maxCoolingMs: 10_070 })),
  ),
});

const outcome = fc.oneof(
  { weight: 4, arbitrary: fc.constant<RunOutcome>("success") },
  { weight: 8, arbitrary: fc.constantFrom<RunOutcome>("retryable", "retryable", "ambiguous") },
  { weight: 2, arbitrary: fc.constantFrom<RunOutcome>("unsuitable", "rejected", "unauthorized") },
  {
    weight: 2,
    arbitrary: fc.constantFrom<RunOutcome>({ exhausted: 0 }, { exhausted: 503 }, { exhausted: 2_003 }),
  },
);

const step: fc.Arbitrary<Step> = fc.record({
  outcome,
  after: fc.constantFrom<Step["after"]>("at once", "soon", "soon", 20, 90, 160, 470, "never"),
  progress: fc.array(fc.constantFrom(11, 111, 171, 291), { maxLength: 3 }),
});

const name = fc.constantFrom(...names);
const action = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant("run" as const),
      steps: fc.array(step, { minLength: 1, maxLength: 6 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("wait" as const),
      ms: fc.constantFrom(1, 37, 252, 1_501, 30_001),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("abort" as const), run: fc.nat() }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("status" as const),
      name,
      status: fc.constantFrom("active" as const, "reserve" as const, "disable" as const),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constantFrom("configure" as const, "retire" as const, "restore" as const),
      name,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constantFrom("hold" as const, "release" as const), name }),
  },
);
type Action = typeof action extends fc.Arbitrary<infer A> ? A : never;
type RunPolicy = typeof policy extends fc.Arbitrary<infer P> ? P : never;

/** What a plugin made, and who uses it. */
interface Made extends Sender {
  users: number;
  disposals: number;
}

/** A real plugbay and the model, to which the same happens. */
class Pair {
  readonly #bench: Workbench;
  readonly #plugbay: Plugbay;
  readonly #type: ReturnType<typeof typeOf>;
  readonly #model: RunsModel;
  readonly #made: Made[];
  readonly #problems: string[];
  readonly #log: string[] = [];
  readonly #ends: (string | undefined)[] = [];
  readonly #controllers: AbortController[] = [];
  readonly #zero: number;
  #configs = 0;

  private constructor(
    bench: Workbench,
    plugbay: Plugbay,
    type: ReturnType<typeof typeOf>,
    model: RunsModel,
    made: Made[],
    problems: string[],
  ) {
    this.#bench = bench;
    this.#plugbay = plugbay;
    this.#type = type;
    this.#model = model;
    this.#made = made;
    this.#problems = problems;
    this.#zero = bench.clock.now();
  }

  static async open(policy: RunPolicy): Promise<Pair> {
    const bench = await Workbench.create();
    const type = typeOf(policy);
    const made: Made[] = [];
    const problems: string[] = [];
    const plugins = names.map((name, priority) =>
      definePlugin(type, {
        ...{ name, module: "apps/channels", priority, status: name === "spare" ? "reserve" : "active" },
        config: {
          "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
        } as const,
        create: () => {
          const one: Made = { name, users: 0, disposals: 0, send: () => undefined };
          made.push(one);
          return one;
        },
        dispose: (instance) => {
          const one = instance as Made;
          one.disposals += 1;
          if (one.users > 0) problems.push(`${name} is disposed of while ${one.users} attempts use it`);
        },
      }),
    );
    const plugbay = await bench.open([type, ...plugins], { graceMs: 0 });
    return new Pair(bench, plugbay, type, new RunsModel(policy, names), made, problems);
  }

  async do(action: Action): Promise<void> {
    switch (action.kind) {
      case "run":
        // No two runs have timers that are due at once.
        await this.#bench.clock.advance(1 / 1_024);
        this.#model.advance(1 / 1_024);
        this.#run(action.steps);
        this.#model.start(action.steps);
        break;
      case "wait":
        await this.#bench.clock.advance(action.ms);
        this.#model.advance(action.ms);
        break;
      case "abort": {
        const number = action.run % Math.max(1, this.#controllers.length);
        this.#controllers[number]?.abort(new Error("aborted"));
        this.#model.abort(number);
        break;
      }
      default:
        await this.#change(action);
    }
    await settle();
    this.#compare();
  }

  get ends(): readonly (string | undefined)[] {
    return this.#model.ends;
  }

  async close(): Promise<void> {
    const closed = this.#plugbay.close();
    for (const controller of this.#controllers) controller.abort(new Error("aborted"));
    // Attempts that never end are not waited for, but those that do are.
    await this.#bench.clock.advance(5_000);
    await closed;
    expect(this.#bench.clock.pending).toBe(0);
    expect(this.#made.filter(({ disposals }) => disposals !== 1)).toEqual([]);
  }

  #items(): PluginItem[] {
    return this.#plugbay.explain(this.#type).map(({ item }) => item);
  }

  #run(steps: readonly Step[]): void {
    const { clock } = this.#bench;
    const number = this.#ends.push(undefined) - 1;
    const controller = new AbortController();
    this.#controllers.push(controller);
    const task = (sender: Sender, { attempt, progress }: { attempt: number; progress: () => void }) => {
      const step = steps[(attempt - 1) % steps.length] as Step;
      const made = sender as Made;
      made.users += 1;
      if (made.disposals > 0) this.#problems.push(`${made.name} is used after its end`);
      this.#log.push(`${number} ${made.name} ${clock.monotonic()}`);
      const end = (): string => {
        made.users -= 1;
        if (step.outcome === "success") return `success ${made.name}`;
        throw Object.assign(new Error("it fails"), { outcome: step.outcome });
      };
      const { after } = step;
      if (after === "at once") return end();
      if (after === "soon") return Promise.resolve().then(end);
      for (const ms of step.progress) clock.schedule(ms, progress);
      return new Promise<void>((resolve) => {
        if (after === "never") made.users -= 1;
        else clock.schedule(after, resolve);
      }).then(end);
    };
    this.#plugbay.run(this.#type, task, { signal: controller.signal }).then(
      (value) => {
        this.#ends[number] = value;
      },
      (error: Error & { code?: string; outcome?: Outcome }) => {
        this.#ends[number] = error.code ?? (error.outcome as string | undefined) ?? error.message;
      },
    );
  }

  async #change(action: Exclude<Action, { kind: "run" | "wait" | "abort" }>): Promise<void> {
    const { control } = this.#plugbay;
    const item = this.#items().find((one) => one.name === action.name);
    if (item === undefined) throw new Error(`there is no ${action.name}`);
    if (action.kind === "status") {
      await control.updateItem(item.id, { status: action.status }, by);
      this.#model.status(action.name, action.status);
    } else if (action.kind === "configure") {
      this.#configs += 1;
      await control.updateItem(item.id, { config: { number: this.#configs } }, by);
      this.#model.configure(action.name);
    } else if (action.kind === "hold") {
      if (item.retiredAt !== null) return;
      await control.hold(item.id, { reason: "maintenance" }, by);
      this.#model.hold(action.name);
    } else if (action.kind === "release") {
      await control.release(item.id, by);
      this.#model.release(action.name);
    } else {
      await control[action.kind]([item.id], by);
      this.#model.retire(action.name, action.kind === "retire");
    }
  }

  #compare(): void {
    expect(this.#log).toEqual(this.#model.log);
    expect(this.#ends).toEqual(this.#model.ends);
    expect(this.#problems).toEqual([]);
    for (const item of this.#items()) {
      if (item.status === "disable" || item.retiredAt !== null || item.hold) continue;
      const readiness = this.#plugbay.readiness(item);
      const found =
        readiness.kind === "cooling"
          ? { reason: readiness.reason, until: readiness.until && readiness.until - this.#zero }
          : undefined;
      expect(found, item.name).toEqual(this.#model.aside(item.name));
    }
  }
}

const typeOf = (policy: RunPolicy) =>
  definePluginType<Sender>({
    ...{ name: "sender", manager: "apps/otp", methods: { send: "required" } },
    policy: { ...policy, classify: (error) => (error as { outcome?: Outcome }).outcome },
  });

test(
  "runs try whom a naive model says, and when; they end as it says, and leave their items as it says",
  async () => {
    collectWarnings();
    const random = vi.spyOn(Math, "random").mockReturnValue(0.5);
    onTestFinished(() => random.mockRestore());
    const seen = new Set<string | undefined>();
    await fc.assert(
      fc.asyncProperty(policy, fc.array(action, { maxLength: 40, size: "max" }), async (policy, actions) => {
        const pair = await Pair.open(policy);
        try {
          for (const action of actions) await pair.do(action);
        } finally {
          await pair.close();
        }
        for (const end of pair.ends) seen.add(end);
      }),
      { ...seed, numRuns: Math.ceil(250 * times), interruptAfterTimeLimit: 50_000 * times },
    );
    if (times < 1) return;
    expect([...seen].filter((end) => end !== undefined).sort()).toEqual([
      "ALL_PLUGINS_FAILED",
      "NO_PLUGIN_AVAILABLE",
      "OUTCOME_UNKNOWN",
      "RUN_TIMEOUT",
      "aborted",
      "rejected",
      "success a",
      "success b",
      "success spare",
    ]);
  },
  60_000 * times,
);
