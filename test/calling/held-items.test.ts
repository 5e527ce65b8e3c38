import { AllPluginsFailedError, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { coded, openSenders } from "./senders.ts";

const by = { actor: "ann" };
const down = coded("ECONNREFUSED");

async function open() {
  const opened = await openSenders();
  const { plugbay, type } = opened;
  const idOf = (name: string) => plugbay.items(type).find((item) => item.name === name)?.id ?? "";
  const hold = (name: string) => plugbay.control.hold(idOf(name), { reason: "maintenance" }, by);
  const release = (name: string) => plugbay.control.release(idOf(name), by);
  return { ...opened, hold, release };
}

/** Which items a call tries whose provider is down everywhere. */
async function triedBy(plugbay: Plugbay, type: Awaited<ReturnType<typeof open>>["type"]): Promise<string[]> {
  const tried: string[] = [];
  const call = plugbay.run(type, (sender) => {
    tried.push(sender.by);
    throw down;
  });
  await expect(call).rejects.toThrow(AllPluginsFailedError);
  return tried;
}

test("a call passes over a held item, also when all others fail", async () => {
  const { plugbay, type, hold } = await open();
  await hold("a");
  const tried = await triedBy(plugbay, type);
  expect(tried).not.toContain("a");
  expect(tried).toContain("b");
});

test("a held item whose circuit is open is not what a call tries before it fails", async () => {
  const { plugbay, type, hold, readiness } = await open();
  for (let time = 0; time < 5; time += 1) {
    await plugbay.run(type, (sender) => {
      if (sender.by === "a") throw down;
    });
  }
  expect(readiness("a")).toMatchObject({ kind: "cooling" });
  expect(await triedBy(plugbay, type)).toContain("a");
  await hold("a");
  expect(readiness("a")).toMatchObject({ kind: "held" });
  expect(await triedBy(plugbay, type)).not.toContain("a");
});

test("a call that is under way when its item is held goes on to its end", async () => {
  const { plugbay, type, hold } = await open();
  let end = (): void => undefined;
  const call = plugbay.run(type, ({ by: name }) => new Promise<string>((done) => (end = () => done(name))));
  await hold("a");
  end();
  expect(await call).toBe("a");
  expect(await plugbay.run(type, (sender) => sender.by)).toBe("b");
});

test("an item that an operator releases is used again, whatever was wrong with it", async () => {
  const { plugbay, type, hold, release, readiness } = await open();
  await plugbay.run(type, (sender) => {
    if (sender.by === "a") throw Object.assign(new Error("who are you?"), { status: 401 });
  });
  expect(readiness("a")).toMatchObject({ kind: "cooling", reason: "unauthorized" });
  await hold("a");
  await release("a");
  expect(readiness("a")).toEqual({ kind: "ready" });
  expect(await plugbay.run(type, (sender) => sender.by)).toBe("a");
});

test("a hold that ends by itself leaves what else was wrong with the item", async () => {
  const { plugbay, type, bench, readiness } = await open();
  await plugbay.run(type, (sender) => {
    if (sender.by === "a") throw Object.assign(new Error("who are you?"), { status: 401 });
  });
  const id = plugbay.items(type).find(({ name }) => name === "a")?.id ?? "";
  await plugbay.control.hold(id, { reason: "r", forMs: 60_000 }, by);
  await bench.clock.advance(60_000);
  expect(readiness("a")).toMatchObject({ kind: "cooling", reason: "unauthorized" });
});
