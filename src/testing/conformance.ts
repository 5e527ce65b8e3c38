import { isDeepStrictEqual } from "node:util";
import { checkConfig } from "../definition/check-config.ts";
import { preview } from "../definition/describe.ts";
import { runCheck } from "../definition/foreign-code.ts";
import type { Plugin } from "../definition/plugin.ts";
import { performCheck } from "../instances/perform-check.ts";
import { createRegistry } from "../registry/registry.ts";
import { messageOf } from "../thrown.ts";
import { systemClock } from "../time/clock.ts";
import { within } from "../time/deadline.ts";
import { asStored, limitMs, MadePlugin } from "./made-plugin.ts";
import { suspectedSecrets } from "./suspected-secrets.ts";

/** What is tested of a plugin, beside the cases of its type. */
export type Aspect = "contract" | "config" | "check" | "abort" | "dispose" | "masking";

/** What a case gets beside the implementation. */
export interface CaseContext {
  /** The config that it was made with, as the plugin's schema read it. */
  readonly config: unknown;
  /** Aborted when the case has had 5 s. */
  readonly signal: AbortSignal;
}

/** One thing that an implementation has to do. What it throws makes its test fail. */
export type ConformanceCase<T extends object> = (implementation: T, context: CaseContext) => unknown;

export interface ConformanceSubject {
  readonly plugin: Plugin;
  readonly configs: readonly unknown[];
  readonly refused: readonly unknown[];
  readonly cases: readonly (readonly [name: string, run: ConformanceCase<object>])[];
  readonly skip: ReadonlySet<Aspect>;
}

interface NamedTest {
  readonly name: string;
  readonly run: () => Promise<void>;
}

/** The tests of a plugin. Each makes what it needs, and ends that. */
export function* conformanceTests(subject: ConformanceSubject): Generator<NamedTest> {
  const { plugin, configs, refused, cases, skip } = subject;
  const of = (aspect: Aspect, name: string, run: () => unknown): NamedTest[] =>
    skip.has(aspect) ? [] : [{ name, run: async () => void (await run()) }];

  yield* of("contract", "fulfils its type, as far as its code shows", () => {
    createRegistry([plugin.type, plugin]);
  });
  yield* of("masking", "has every field for a secret that looks like one", () => {
    const open = configs.flatMap((config) => suspectedSecrets(config, plugin.secrets));
    if (open.length > 0) {
      throw new Error(
        `its config has ${open.join(" and ")}, which plugbay would store and show in clear: ` +
          `name them in "secrets", or mark them in the schema`,
      );
    }
  });
  for (const [index, value] of refused.entries()) {
    yield* of("config", `refuses what is no config (${index + 1})`, () => refuse(plugin, value));
  }
  for (const [index, config] of configs.entries()) {
    const which = configs.length > 1 ? ` (config ${index + 1})` : "";
    yield* of("config", `takes its config, which outlasts storage${which}`, () => take(plugin, config));
    yield* of("contract", `makes what fulfils its type${which}`, () =>
      using(plugin, config, () => undefined),
    );
    yield* of("abort", `gives up when it is told to, while it makes an instance${which}`, () =>
      giveUpMaking(plugin, config),
    );
    yield* of("dispose", `ends an instance once, and another one after it${which}`, async () => {
      await using(plugin, config, () => undefined);
      await using(plugin, config, () => undefined);
    });
    if (plugin.check) {
      yield* of("check", `accepts a config that works${which}`, () => check(plugin, config));
      yield* of("abort", `gives up a check when it is told to${which}`, () => giveUpCheck(plugin, config));
    }
    for (const [name, run] of cases) {
      yield { name: `${name}${which}`, run: () => using(plugin, config, (made) => inTime(made, run)) };
    }
  }
}

/** Makes an instance for as long as `work` takes. The first error is kept. */
async function using(plugin: Plugin, config: unknown, work: (made: MadePlugin) => unknown): Promise<void> {
  const made = await MadePlugin.make(plugin, config);
  let failure: { readonly error: unknown } | undefined;
  try {
    await work(made);
  } catch (error) {
    failure = { error };
  }
  await made.end().catch((error: unknown) => {
    failure ??= { error };
  });
  if (failure) throw failure.error;
}

async function inTime({ instance, input }: MadePlugin, run: ConformanceCase<object>): Promise<void> {
  const controller = new AbortController();
  const work = Promise.resolve(run(instance, { config: input.config, signal: controller.signal }));
  const onGivenUp = (reason: unknown): void => controller.abort(reason);
  await within(work, { clock: systemClock, ms: limitMs, late: "the case", onGivenUp });
}

async function take({ config: schema }: Plugin, config: unknown): Promise<void> {
  if (schema === undefined) {
    if (config === undefined) return;
    throw new Error(`the plugin takes no config: it has no schema, and was given ${preview(config)}`);
  }
  const given = config ?? {};
  const stored = asStored(given);
  if (!isDeepStrictEqual(stored, given)) {
    throw new Error(
      "the config is not the same after storage: it has to be JSON, without dates and undefined",
    );
  }
  const checked = await checkConfig(schema, stored);
  if (checked.kind === "threw") throw checked.error;
  if (checked.kind === "invalid") {
    const issues = checked.issues.map(({ path, message }) => `${path.join(".") || "the config"}: ${message}`);
    throw new Error(`the schema refuses it: ${issues.join("; ")}`);
  }
}

async function refuse({ config: schema }: Plugin, value: unknown): Promise<void> {
  const checked = schema && (await checkConfig(schema, asStored(value)));
  if (checked?.kind === "invalid") return;
  if (checked?.kind === "threw") throw checked.error;
  throw new Error(`it takes what it has to refuse: ${preview(value)}`);
}

/** It may fail, or be made all the same; but it has to come to an end soon. */
async function giveUpMaking(plugin: Plugin, config: unknown): Promise<void> {
  const controller = new AbortController();
  const making = MadePlugin.make(plugin, config, controller.signal).then(
    (made) => made.end(),
    () => undefined,
  );
  controller.abort(new Error("it is not wanted any longer"));
  await within(making, { clock: systemClock, ms: limitMs, late: "giving up" });
}

async function check(plugin: Plugin, config: unknown): Promise<void> {
  await using(plugin, config, async ({ instance, input }) => {
    const subject = { check: plugin.check as NonNullable<Plugin["check"]>, ...input, instance };
    const kept = plugin.lifetime === "transient" ? { ...subject, instance: undefined } : subject;
    await performCheck(kept, { clock: systemClock, timeoutMs: limitMs, keepAlive: true });
  });
}

async function giveUpCheck(plugin: Plugin, config: unknown): Promise<void> {
  await using(plugin, config, async ({ input }) => {
    const controller = new AbortController();
    const tried = runCheck(plugin.check as NonNullable<Plugin["check"]>, {
      config: input.config,
      signal: controller.signal,
    });
    controller.abort(new Error("the check has had its time"));
    const settled = tried.catch((error: unknown) => messageOf(error));
    await within(settled, { clock: systemClock, ms: limitMs, late: "giving up the check" });
  });
}
