import { randomBytes } from "node:crypto";
import { afterEach, beforeEach, expect, test } from "vitest";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { Stage, sections, shownIn, stepsOf } from "./documented-session.ts";
import { writeSenders } from "./new-senders.ts";

/** What makes the state that the session of a section begins with, and goes through it. */
const stories: Readonly<Record<string, () => Promise<void>>> = {
  init: async () => (await Stage.empty()).expectAllShown("init"),

  new: async () => {
    const stage = await Stage.empty();
    await writeSenders(stage.folder);
    await stage.expectAllShown("new");
  },

  migrate: async () => {
    const stage = await Stage.of("senders", { migrated: false });
    await stage.expectAllShown("migrate");
  },

  sync: async () => {
    const stage = await Stage.of("before");
    await stage.application("withFax", { heartbeatMs: 15_000, version: "1.7.2" });
    await stage.deploy("now");
    await stage.expectAllShown("sync");
  },

  list: async () => {
    const stage = await Stage.of("senders");
    await stage.run(["set", "smtp", "--status", "reserve"]);
    await stage.expectAllShown("list");
  },

  explain: async () => {
    const stage = await Stage.of("failing");
    await stage.run(["set", "smtp", "--status", "reserve"]);
    const plugbay = await stage.application("failing", { heartbeatMs: 15_000 });
    await expect.poll(async () => (await plugbay.control.processes())[0]?.serves.length).toBe(1);
    await stage.expectAllShown("explain");
    await plugbay.close();
  },

  set: async () => (await Stage.of("senders")).expectAllShown("set"),

  "hold, release": async () => (await Stage.of("senders")).expectAllShown("hold, release"),

  "serve-now, end-lead": async () => (await Stage.of("senders")).expectAllShown("serve-now, end-lead"),

  "retire, restore": async () => {
    const stage = await withStripe("us");
    await stage.expectAllShown("retire, restore");
  },

  bulk: async () => {
    const stage = await Stage.of("senders");
    await stage.run(["set", "smtp", "--status", "reserve"]);
    await stage.expectAllShown("bulk");
  },

  item: async () => {
    const stage = await withStripe();
    await stage.save("eu.json", JSON.stringify({ account: "acct_1", token: "canary" }));
    await stage.save("us.json", JSON.stringify({ account: "acct_2", token: "canary" }));
    await stage.save("new.json", JSON.stringify({ account: "acct_3", token: "canary" }));
    const [add, duplicate, setConfig, rename, works, fails, checkNew, ...others] = stepsOf("item");
    expect(others).toEqual([]);
    await stage.expectShown(add);
    await stage.stand("01980a5e-9c1b-7005-8a51-3f0de0a2b6c4", "eu");
    await stage.expectShown(duplicate);
    await stage.stand("01980a5e-9c1b-7006-b0c4-7d1a5b8e9f20", "us");
    for (const step of [setConfig, rename, works]) await stage.expectShown(step);
    await stage.save("eu.json", JSON.stringify({ account: "acct_1", token: "revoked" }));
    await stage.expectShown(fails, 1);
    await stage.expectShown(checkNew);
  },

  export: async () => (await withStripe("eu")).expectAllShown("export"),

  import: async () => {
    const stage = await withStripe();
    const items = (...labels: string[]) =>
      JSON.stringify({
        plugbay: 1,
        types: [{ manager: "apps/payment", name: "gateway", items: labels.map(itemOf) }],
      });
    await stage.save("plugbay.items.yaml", items("eu", "de", "fr", "asia"));
    expect(await stage.run(["import", "plugbay.items.yaml", "--managed"])).toMatchObject({ code: 0 });
    await stage.save("plugbay.items.yaml", items("eu", "de", "fr", "us"));
    await stage.expectAllShown("import");

    await stage.save("plugbay.items.yaml", refusedItems);
    const refused = await stage.run(["import", "plugbay.items.yaml"]);
    expect(refused).toEqual({ code: 2, stdout: "", stderr: shownIn("import", "error: ") });
  },

  "import --from-django": async () => {
    const stage = await Stage.of("smsAlone");
    await stage.writeDjango(documentedDjango);
    await stage.expectAllShown("import --from-django");
  },

  keys: async () => {
    const stage = await withStripe();
    const [generate, check, rotate] = stepsOf("keys");
    await stage.expectShown(generate);
    const keys = ["k20300131-5f3a", "k20291101-91c0"].map(
      (id) => `${id}:${randomBytes(32).toString("base64")}`,
    );
    process.env.PLUGBAY_KEYS = keys[1];
    for (let at = 1; at <= 14; at += 1) await add(stage, `old ${at}`);
    process.env.PLUGBAY_KEYS = keys.join(",");
    for (const label of ["new 1", "new 2"]) await add(stage, label);
    await stage.expectShown(check);
    await stage.expectShown(rotate);
  },

  generate: async () => (await Stage.of("senders")).expectAllShown("generate"),

  history: async () => (await withChange()).expectAllShown("history"),

  revert: async () => (await withChange()).expectAllShown("revert"),

  status: async () => {
    const stage = await Stage.of("failing");
    await stage.run(["set", "smtp", "--status", "reserve"]);
    const plugbay = await stage.application("failing", { heartbeatMs: 15_000, version: "1.8.0" });
    await expect.poll(async () => (await plugbay.control.processes())[0]?.troubles.length).toBe(1);
    const [step] = stepsOf("status");
    await stage.expectShown(step, 7);
    await plugbay.close();
  },

  processes: async () => {
    const stage = await withChange();
    const running = [
      await stage.application("senders", { heartbeatMs: 15_000, version: "1.8.0" }),
      await stage.application("mailAlone", { heartbeatMs: 15_000, version: "1.7.2" }),
    ];
    await expect.poll(async () => (await running[0]?.control.processes())?.length).toBe(2);
    // As they would be on other hosts, with a database that tells them of changes.
    await stage.write(`
      create table elsewhere as select * from plugbay_process;
      update elsewhere set id = 1, host = 'web-1', pid = 4021, transport = 'listen' where version = '1.8.0';
      update elsewhere set id = 2, host = 'web-2', pid = 3977, transport = 'listen' where version = '1.7.2'`);
    for (const plugbay of running) await plugbay.close();
    await stage.write("insert into plugbay_process select * from elsewhere");
    await stage.expectAllShown("processes");
  },

  purge: async () => {
    const stage = await Stage.of("before");
    await stage.run(["retire", "fax", "--yes"]);
    await stage.write("update plugbay_item set retired_at = '2020-12-01T08:00:00.000Z' where name = 'fax'");
    await stage.expectAllShown("purge");
  },

  // What it asks on a terminal, a reader of docs/serve.md answers.
  user: async () => {
    const stage = await Stage.of("senders");
    const [create, list] = stepsOf("user");
    expect(create?.shown).toMatch(/^Password:\nRepeat the password:\n/);
    const created = await stage.run(
      [...(create?.words ?? []), "--password-stdin", "--migrate"],
      "correct horse battery\n",
    );
    expect(created.stdout).toBe(create?.shown.split("\n").slice(2).join("\n"));
    await stage.expectShown(list);
  },

  doctor: async () => {
    const stage = await Stage.of("failing");
    const [step] = stepsOf("doctor");
    await stage.expectShown(step, 1);
  },
};

/** This one does not end: the reader of docs/serve.md runs it. */
const elsewhere = ["serve"];

/** What Django's database has in it. */
const documentedDjango = `
  create table django_plugin_system_plugintype (id, name, manager, description);
  create table django_plugin_system_pluginitem (id, module, name, status, priority, description, plugin_type_id);
  create table django_content_type (id, app_label, model);
  create table django_admin_log (id, action_time, object_id, action_flag, change_message, content_type_id, user_id);
  create table auth_user (id, username);
  insert into django_plugin_system_plugintype values ('38f6cbd8ea3f448c970ed9bbbd5a6403', 'otp', 'apps/otp', '');
  insert into django_plugin_system_pluginitem values
    ('17bd994f5a2b4491aa5bf7257adc8e1d', 'apps/otp-sms', 'sms_ir', 'disable', 10, '', '38f6cbd8ea3f448c970ed9bbbd5a6403'),
    ('cb3a590fe2c647edaded0e9b0a1b5410', 'apps/otp-voice', 'voice', 'reserve', 7, '', '38f6cbd8ea3f448c970ed9bbbd5a6403');
  insert into django_content_type values (7, 'django_plugin_system', 'pluginitem');
  insert into auth_user values (1, 'boss');
  insert into django_admin_log values
    (1, '2026-11-26 19:18:58', '17bd994f-5a2b-4491-aa5b-f7257adc8e1d', 2, '[{"changed": {"fields": ["Status"]}}]', 7, 1);`;

/** What the page shows a refusal of. */
const refusedItems = `plugbay: 1
types:
  - manager: apps/payment
    name: gateway
    items:
      - module: apps/stripe
        name: stripe
        label: eu
      - module: apps/stripe
        name: stripe
        label: us
        priority: first
      - module: apps/stripe
        name: stripe
        status: on
`;

const environment = { ...process.env };

beforeEach(() => {
  process.env.PLUGBAY_KEYS = generateKey().entry;
});
afterEach(() => {
  process.env = { ...environment };
});

test("each session of docs/cli.md is run", () => {
  expect([...Object.keys(stories), ...elsewhere].toSorted()).toEqual(sections.toSorted());
});

test.each(Object.entries(stories))("the session of %s in docs/cli.md goes as it is shown", (_section, tell) =>
  tell(),
);

async function withStripe(...labels: string[]): Promise<Stage> {
  const stage = await Stage.of("payment");
  for (const label of labels) await add(stage, label);
  return stage;
}

async function add(stage: Stage, label: string): Promise<void> {
  const { config } = itemOf(label);
  const words = ["--label", label, "--item-config", JSON.stringify(config)];
  const outcome = await stage.run(["item", "add", "gateway", "apps/stripe", "stripe", ...words]);
  expect(outcome).toMatchObject({ code: 0 });
}

function itemOf(label: string) {
  const [account, priority] = label === "us" ? ["acct_2", 20] : ["acct_1", 0];
  const config = { account, token: "canary-51c2e07d" };
  return {
    module: "apps/stripe",
    name: "stripe",
    label,
    status: "active",
    priority,
    description: "",
    config,
  };
}

/** After alice's change, which is the 412th. */
async function withChange(): Promise<Stage> {
  const stage = await Stage.of("senders");
  await stage.write("update plugbay_revision set revision = 411");
  await stage.run(["set", "sms_ir", "--status", "reserve", "--actor", "alice"]);
  return stage;
}
