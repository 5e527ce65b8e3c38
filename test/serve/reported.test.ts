import { join } from "node:path";
import { definePlugin, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";
import { all, otp, type Sender, sms } from "../cli/fixtures/definitions.ts";
import { Workplace } from "./workplace.ts";

/** The same plugin in a process where its key is missing. */
const refused = definePlugin(otp, {
  name: sms.name,
  module: sms.module,
  create: (): Sender => {
    throw new Error("SMS_KEY is not set");
  },
});

test("the panel on its own says how items do by what the application's processes report", async () => {
  const workplace = await Workplace.ready();
  onTestFinished(() => workplace[Symbol.asyncDispose]());
  const panel = await workplace.start();
  onTestFinished(() => panel[Symbol.asyncDispose]());
  const browser = await panel.signedIn(await workplace.someone("reader"));
  const told = async () => {
    const { body } = await browser.api("types");
    const type = (body.types as { name: string; serving: { name: string } | null; health: object }[]).find(
      ({ name }) => name === "otp",
    );
    const { body: list } = await browser.api("items?search=sms");
    const [item] = list.items as { readiness: { kind: string; error?: string } }[];
    return { serving: type?.serving?.name ?? null, readiness: item?.readiness };
  };
  const open = (plugins: Parameters<typeof openPlugbay>[0]["plugins"]) =>
    openPlugbay({ database: sqlite(join(workplace.folder, "app.db")), plugins, heartbeatMs: 1_000 });
  const becomes = (expected: object) => expect.poll(told, { timeout: 30_000 }).toMatchObject(expected);

  // Nobody runs, so nobody says anything.
  expect(await told()).toMatchObject({ serving: null, readiness: { kind: "idle" } });

  const well = await open(all);
  await becomes({ serving: "sms", readiness: { kind: "ready" } });
  const ill = await open([...all.filter((one) => one !== sms), refused]);
  // One of them can.
  await becomes({ serving: "sms", readiness: { kind: "ready" } });
  await well.close();
  await becomes({
    serving: "smtp",
    readiness: { kind: "failed", error: expect.stringContaining("SMS_KEY is not set") },
  });
  await ill.close();
  const without = await open(all.filter((one) => one !== sms));
  await becomes({ serving: "smtp", readiness: { kind: "missing" } });
  await without.close();
  await becomes({ serving: null, readiness: { kind: "idle" } });
});
