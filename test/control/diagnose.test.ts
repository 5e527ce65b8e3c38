import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { definePlugin, definePluginType, openPlugbay } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { expect, onTestFinished, test } from "vitest";

interface Sender {
  send(): string;
}
const define = (name: string) =>
  definePluginType<Sender>({ name, manager: "apps/messages", methods: { send: "required" } });
const sms = define("sms");
const mail = define("mail");

const well = (type: typeof sms, name: string) =>
  definePlugin(type, { name, module: `apps/${name}`, create: () => ({ send: () => name }) });
const refused = (type: typeof sms, name: string) =>
  definePlugin(type, {
    name,
    module: `apps/${name}`,
    create: (): Sender => {
      throw new Error("the gateway refused the key");
    },
  });

type Plugins = NonNullable<Parameters<typeof openPlugbay>[0]["plugins"]>;

async function fleet(...codes: readonly Plugins[]) {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-diagnose-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const database = join(folder, "app.db");
  const processes = [];
  for (const [index, plugins] of codes.entries()) {
    const options = { database: sqlite(database), plugins, version: `1.${index}`, heartbeatMs: 60_000 };
    const plugbay = await openPlugbay(options);
    onTestFinished(() => plugbay.close());
    processes.push(plugbay);
  }
  const [first] = processes;
  if (!first) throw new Error("a fleet has processes");
  await expect.poll(async () => (await first.control.processes()).length).toBe(codes.length);
  return processes;
}

const troublesOf = async ({ control }: Awaited<ReturnType<typeof openPlugbay>>) =>
  (await control.diagnose()).findings.filter(({ level }) => level !== "ok");

test("an item that fails in all processes for one reason is one finding, and a type without any is another", async () => {
  const code = [sms, mail, well(sms, "twilio"), refused(sms, "vonage"), refused(mail, "smtp")];
  const [here] = (await fleet(code, code, code)) as [Awaited<ReturnType<typeof openPlugbay>>];
  await expect
    .poll(async () => (await here.control.processes()).map(({ troubles }) => troubles.length))
    .toEqual([2, 2, 2]);
  const troubles = await troublesOf(here);
  expect(troubles).toMatchObject([
    {
      level: "problem",
      code: "item-failed",
      type: { manager: "apps/messages", name: "sms" },
      itemId: here.items(sms).find(({ name }) => name === "vonage")?.id,
      message: expect.stringMatching(/the gateway refused the key, in \S+ \(1\.\d\) and 2 others$/),
      fix: expect.stringContaining("npx plugbay set apps/vonage:vonage --status disable"),
    },
    {
      level: "problem",
      code: "unserved",
      message: 'nothing can serve plugin type "mail" of "apps/messages": its only item in use cannot',
      causes: [expect.stringContaining("the gateway refused the key")],
    },
  ]);
});

test("what only some processes have is one warning, and no row is said to be out of line for it", async () => {
  const [older, newer] = (await fleet(
    [sms, well(sms, "twilio"), well(sms, "old")],
    [sms, well(sms, "twilio"), well(sms, "new")],
  )) as [Awaited<ReturnType<typeof openPlugbay>>, Awaited<ReturnType<typeof openPlugbay>>];
  for (const plugbay of [older, newer]) {
    const troubles = await troublesOf(plugbay);
    expect(troubles.map(({ code, message }) => [code, message.slice(0, message.indexOf(":", 25))])).toEqual([
      [
        "item-missing",
        'item apps/new:new of plugin type "sms" of "apps/messages" is missing in 1 of 2 processes',
      ],
      [
        "item-missing",
        'item apps/old:old of plugin type "sms" of "apps/messages" is missing in 1 of 2 processes',
      ],
    ]);
  }
});

test("a process that was asked twice at once looks once, and says the same through fewer rights", async () => {
  const [plugbay] = (await fleet([sms, mail, well(sms, "twilio")])) as [
    Awaited<ReturnType<typeof openPlugbay>>,
  ];
  const reader = plugbay.control.limitedTo({ access: "read" });
  const [one, other] = await Promise.all([plugbay.control.diagnose(), reader.diagnose()]);
  expect(one).toBe(other);
  expect(one).toMatchObject({ problems: 0, warnings: 1 });
  expect(one.findings.map(({ code }) => code)).toEqual(["unserved", "in-line", "processes"]);
  await plugbay.control.bulk([plugbay.items(sms)[0]?.id ?? ""], "disable", { actor: "alice" });
  expect(await plugbay.control.diagnose()).toMatchObject({
    warnings: 2,
    findings: expect.arrayContaining([
      expect.objectContaining({ fix: "activate one: npx plugbay set apps/twilio:twilio --status active" }),
    ]),
  });
});
