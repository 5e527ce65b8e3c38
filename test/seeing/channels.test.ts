import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe, tracingChannel, unsubscribe } from "node:diagnostics_channel";
import { describe, expect, onTestFinished, test } from "vitest";
import { coded, openSenders } from "../calling/senders.ts";

const down = coded("ECONNREFUSED");

/** What is told on channels, in its order: the channel's name, and the message as it is at that moment. */
function hear(...names: string[]): [name: string, message: Record<string, unknown>][] {
  const heard: [string, Record<string, unknown>][] = [];
  for (const name of names) {
    const note = (message: unknown): void => void heard.push([name, { ...(message as object) }]);
    subscribe(name, note);
    onTestFinished(() => void unsubscribe(name, note));
  }
  return heard;
}

const stages = (name: string): string[] =>
  ["start", "end", "asyncStart", "asyncEnd", "error"].map((stage) => `tracing:${name}:${stage}`);

describe("diagnostics channels", () => {
  test("tell of a run and its attempts, as tracing channels do", async () => {
    const heard = hear(...stages("plugbay.run"), ...stages("plugbay.attempt"));
    const { plugbay, type } = await openSenders();
    await plugbay.run(type, async (sender) => {
      if (sender.by === "a") throw down;
    });
    expect(heard.map(([name]) => name.replace("tracing:plugbay.", ""))).toEqual([
      ...["run:start", "attempt:start", "attempt:end", "run:end"],
      ...["attempt:error", "attempt:asyncStart", "attempt:asyncEnd"],
      ...["attempt:start", "attempt:end", "attempt:asyncStart", "attempt:asyncEnd"],
      ...["run:asyncStart", "run:asyncEnd"],
    ]);
    const told = (name: string) =>
      heard.filter((one) => one[0] === `tracing:plugbay.${name}`).map((one) => one[1]);
    expect(told("run:start")).toMatchObject([
      {
        ...{ namespace: "default", type: { manager: "apps/otp", name: "otp" }, kind: "run" },
        runId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ]);
    expect(told("run:asyncEnd")).toMatchObject([{ item: { name: "b" }, attempts: 2, durationMs: 0 }]);
    expect(told("attempt:error")).toMatchObject([
      { item: { name: "a" }, attempt: 1, outcome: "retryable", error: down },
    ]);
    expect(told("attempt:asyncEnd")[1]).toMatchObject({ item: { name: "b" }, outcome: "success" });
  });

  test("tell of a run that fails", async () => {
    const heard = hear("tracing:plugbay.run:error");
    const { plugbay, type } = await openSenders();
    await expect(plugbay.run(type, () => Promise.reject(down))).rejects.toThrow();
    expect(heard).toMatchObject([
      ["tracing:plugbay.run:error", { error: { code: "ALL_PLUGINS_FAILED" }, attempts: 3 }],
    ]);
  });

  test("may have stores, which hold for all that a task does", async () => {
    const store = new AsyncLocalStorage<{ attempt: number }>();
    const { start } = tracingChannel<unknown, { attempt: number }>("plugbay.attempt");
    start.bindStore(store, ({ attempt }) => ({ attempt }));
    onTestFinished(() => void start.unbindStore(store));
    const { plugbay, type } = await openSenders();
    const seen: unknown[] = [];
    await plugbay.run(type, async (sender) => {
      await Promise.resolve();
      seen.push(store.getStore());
      if (sender.by === "a") throw down;
    });
    expect(seen).toEqual([{ attempt: 1 }, { attempt: 2 }]);
  });

  test("tell of circuits and of revisions", async () => {
    const heard = hear("plugbay.circuit", "plugbay.revision");
    const { plugbay, type, bench } = await openSenders();
    for (let n = 0; n < 5; n += 1) {
      await plugbay.run(type, (sender) => {
        if (sender.by === "a") throw down;
      });
    }
    await bench.edit(plugbay.items(type)[1], { description: "another" });
    await plugbay.refresh();
    await bench.clock.advance(60_000);
    await plugbay.run(type, () => "sent");
    const told = (name: string) => heard.filter((one) => one[0] === name).map((one) => one[1]);
    expect(told("plugbay.circuit")).toMatchObject([
      { namespace: "default", type: { name: "otp" }, item: { name: "a" }, state: "open" },
      { item: { name: "a" }, state: "half-open", until: undefined },
      { item: { name: "a" }, state: "closed", until: undefined },
    ]);
    expect(told("plugbay.revision").at(-1)).toEqual({
      ...{ namespace: "default", revision: 2, types: [{ manager: "apps/otp", name: "otp" }] },
    });
  });

  test("name items, and carry no configs", async () => {
    const heard = hear("tracing:plugbay.attempt:start");
    const { plugbay, type } = await openSenders();
    await plugbay.run(type, () => "sent");
    expect(Object.keys(heard[0]?.[1].item as object)).toEqual(["id", "module", "name", "label"]);
  });
});
