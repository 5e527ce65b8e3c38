import { ClosedError, definePlugin, type Plugbay, type PluginItem } from "plugbay";
import { beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { snapshotOf } from "../../src/open/facade.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { Panel } from "../admin/panel.ts";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { settle } from "../runtime/manual-clock.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const by = { actor: "alice" };
const keys = generateKey().entry;

let bench: Workbench;
let gate: Gate;
let plugbay: Plugbay;
let sms: PluginItem;
let smtp: PluginItem;
beforeEach(async () => {
  bench = await Workbench.create();
  gate = new Gate();
  plugbay = await open();
  sms = itemOf(plugbay.items(otp), "sms");
  smtp = itemOf(plugbay.items(otp), "smtp");
});

/** Its instances for the host `slow` are made once the gate is open. */
function open(): Promise<Plugbay> {
  const configured = definePlugin(otp, {
    name: "smtp",
    module: "apps/channels",
    config: z.object({ host: z.string().default("localhost"), password: z.string().optional() }),
    secrets: ["password"],
    create: async ({ config }) => {
      if (config.host === "slow") await gate.passed;
      return new Sender(config.host);
    },
  });
  return bench.open([otp, senderPlugin("sms"), configured], { keys });
}

/** Has plugbay closed at the moment at which the next change is committed. */
function closeAtCommit(): void {
  const { statements } = bench.database;
  let isWritten = false;
  statements.push = (...texts: string[]) => {
    isWritten ||= texts.some((text) => text.startsWith("insert into") && text.includes("audit"));
    if (isWritten && texts.includes("commit")) void plugbay.close();
    return Array.prototype.push.apply(statements, texts);
  };
}

async function inDatabase(): Promise<readonly PluginItem[]> {
  gate.open();
  return (await (await open()).control.list()).items;
}

const lastChange = async (): Promise<unknown> =>
  (await (await open()).control.history({ limit: 1 }))[0]?.action;

describe("plugbay that is closed while a new instance is made for a change that is written", () => {
  const toSlow = { host: "slow" };

  async function meanwhile<T>(change: Promise<T>): Promise<T> {
    await settle();
    const closing = plugbay.close();
    gate.open();
    await closing;
    return change;
  }

  test("answers with the item that was added, as it was written", async () => {
    const identity = { type: otp, module: "apps/channels", name: "smtp" };
    const config = { host: "slow", password: "s3cret" };
    const made = await meanwhile(plugbay.control.createItem({ ...identity, label: "eu", config }, by));
    expect(made).toMatchObject({ label: "eu", version: 1, type: { manager: "apps/otp", name: "otp" } });
    expect(JSON.stringify(made)).toMatch(/"host":"slow","password":\{"secret":"set"/);
    expect(await inDatabase()).toContainEqual(expect.objectContaining({ id: made.id, label: "eu" }));
  });

  test("answers with the item that was changed, as it was written", async () => {
    const patch = { config: toSlow, priority: 9 };
    expect(await meanwhile(plugbay.control.updateItem(smtp.id, patch, by))).toMatchObject({
      ...{ id: smtp.id, ...patch, version: smtp.version + 1 },
    });
    expect(await inDatabase()).toContainEqual(expect.objectContaining({ id: smtp.id, ...patch }));
  });

  test("answers so through HTTP", async () => {
    const panel = new Panel(plugbay);
    const { id: typeId } = [...snapshotOf(plugbay).types.values()][0]?.row ?? {};
    const added = { typeId, module: "apps/channels", name: "smtp", label: "eu", config: toSlow };
    const adding = panel.ask("POST", "items", added);
    await settle();
    const changing = panel.ask("PATCH", `items/${smtp.id}`, { config: toSlow, version: smtp.version });
    expect(await meanwhile(Promise.all([adding, changing]))).toMatchObject([
      { label: "eu", typeId, config: toSlow, version: 1, processes: [] },
      { id: smtp.id, typeId, config: toSlow, version: smtp.version + 1 },
    ]);
  });

  test("answers reads at once, and ends a refresh that waits for what is being made", async () => {
    const change = plugbay.control.updateItem(smtp.id, { config: toSlow }, by);
    await settle();
    expect(await plugbay.control.getItem(smtp.id)).toMatchObject({ config: toSlow });
    expect((await plugbay.control.list()).items.map(({ id }) => id)).toContain(smtp.id);
    const refused = expect(plugbay.refresh()).rejects.toThrow(ClosedError);
    await meanwhile(change);
    await refused;
    await expect(plugbay.control.getItem(smtp.id)).rejects.toThrow(ClosedError);
  });
});

type Change = (control: Plugbay["control"]) => Promise<unknown>;

const changes: Record<string, { readonly change: Change; readonly action: string }> = {
  createItem: {
    change: (control) =>
      control.createItem({ type: otp, module: "apps/channels", name: "smtp", label: "eu" }, by),
    action: "create",
  },
  duplicateItem: {
    change: (control) => control.duplicateItem(smtp.id, { label: "copy" }, by),
    action: "create",
  },
  updateItem: { change: (control) => control.updateItem(sms.id, { priority: 7 }, by), action: "update" },
  updateItems: {
    change: (control) => control.updateItems([{ id: sms.id, priority: 7 }], by),
    action: "update",
  },
  bulk: { change: (control) => control.bulk([sms.id], "disable", by), action: "update" },
  reorder: {
    change: (control) => control.reorder([smtp.id, sms.id], { ...by, status: "reserve" }),
    action: "update",
  },
  retire: { change: (control) => control.retire([sms.id], by), action: "retire" },
  import: {
    change: async (control) => {
      const document = await control.exportItems();
      return control.import(document, { ...by, managed: true });
    },
    action: "update",
  },
};

describe("a change at whose commit plugbay is closed", () => {
  test.each(Object.entries(changes))("has succeeded: %s", async (_name, { change, action }) => {
    closeAtCommit();
    await change(plugbay.control);
    expect(plugbay.state.kind).toBe("closed");
    expect(await lastChange()).toBe(action);
  });

  test("has succeeded, though only some types may be changed", async () => {
    closeAtCommit();
    const control = plugbay.control.limitedTo({ access: "write", types: [otp] });
    expect(await control.bulk([sms.id], "disable", by)).toMatchObject({ changed: 1 });
    expect(await lastChange()).toBe("update");
  });

  test.each([
    ["restore", (control: Plugbay["control"]) => control.restore([sms.id], by)],
    ["purge", (control: Plugbay["control"]) => control.purge({ ...by, ids: [sms.id] })],
    [
      "revert",
      async (control: Plugbay["control"]) => {
        const [entry] = await control.history({ limit: 1 });
        return entry && control.revert(entry, by);
      },
    ],
  ] as const)("has succeeded: %s of what is retired", async (_name, change) => {
    await plugbay.control.retire([sms.id], by);
    closeAtCommit();
    await change(plugbay.control);
    expect(plugbay.state.kind).toBe("closed");
    expect(await lastChange()).not.toBe("retire");
  });

  test("has succeeded: a sync", async () => {
    await plugbay.control.updateItem(sms.id, { priority: 7 }, by);
    closeAtCommit();
    expect(await plugbay.sync({ mode: "update" })).toMatchObject({ itemsUpdated: 1 });
    expect(plugbay.state.kind).toBe("closed");
  });
});

test("an item is answered with as it was written where the database is lost right after that", async () => {
  const { statements } = bench.database;
  let isWritten = false;
  let isCommitted = false;
  statements.push = (...texts: string[]) => {
    if (isCommitted) bench.database.failure = new Error("it has gone");
    isWritten ||= texts.some((text) => text.startsWith("insert into") && text.includes("audit"));
    isCommitted ||= isWritten && texts.includes("commit");
    return Array.prototype.push.apply(statements, texts);
  };
  const identity = { type: otp, module: "apps/channels", name: "smtp" };
  expect(await plugbay.control.createItem({ ...identity, label: "eu" }, by)).toMatchObject({ label: "eu" });
  await expect(plugbay.refresh()).rejects.toThrow("it has gone");
  expect(plugbay.state.kind).toBe("stale");
});
