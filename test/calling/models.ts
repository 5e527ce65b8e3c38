import { definePlugin, definePluginType, type Policy } from "plugbay";
import { Workbench } from "../runtime/workbench.ts";
import { coded } from "./senders.ts";

export type Parts = AsyncIterable<string> | Iterable<string>;

interface Model {
  readonly name: string;
  complete(signal: AbortSignal): Parts | Promise<Parts>;
}

/** Models that stream so, the first of them being the first choice, and what became of them. */
export async function openModels(models: Record<string, Model["complete"]>, policy: Policy = {}) {
  const bench = await Workbench.create();
  const type = definePluginType<Model>({
    ...{ name: "model", manager: "apps/chat", methods: { complete: "required" } },
    policy,
  });
  const log: string[] = [];
  const plugins = Object.entries(models).map(([name, complete], priority) =>
    definePlugin(type, {
      ...{ name, module: "apps/models", priority },
      create: () => ({ name, complete }),
      dispose: () => void log.push(`${name} is disposed of`),
    }),
  );
  const plugbay = await bench.open([type, ...plugins], { graceMs: 0 });
  const stream = (options = {}) =>
    plugbay.stream(type, (model, { signal }) => model.complete(signal), options);
  const readiness = () => plugbay.items(type).map((item) => plugbay.readiness(item).kind);
  return { bench, type, plugbay, stream, log, readiness };
}

/** A stream that gives what it is told to, and notes its end. */
export class Scripted implements AsyncIterableIterator<string> {
  ended = 0;
  readonly #script: (() => unknown)[];
  constructor(...script: (() => unknown)[]) {
    this.#script = script;
  }
  [Symbol.asyncIterator](): this {
    return this;
  }
  async next(): Promise<IteratorResult<string>> {
    const step = this.#script.shift();
    if (step === undefined) return { done: true, value: undefined };
    return (await step()) as IteratorResult<string>;
  }
  async return(): Promise<IteratorResult<string>> {
    this.ended += 1;
    return { done: true, value: undefined };
  }
}

export async function all(parts: AsyncIterable<string>): Promise<string[]> {
  const seen: string[] = [];
  for await (const one of parts) seen.push(one);
  return seen;
}

export const part = (value: string) => () => ({ done: false, value });
export const fails = (code: string) => () => Promise.reject(coded(code));

export const done = { done: true, value: undefined };
