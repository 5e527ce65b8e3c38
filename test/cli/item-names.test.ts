import { expect, test } from "vitest";
import { notifier, otp } from "./fixtures/definitions.ts";
import { gateway, withPayment } from "./fixtures/payment.ts";
import { config, runCli } from "./run-cli.ts";
import { makeFolder, openIn } from "./workspace.ts";

/** An application with items of the plugin "http" under these labels. */
async function start(...labels: string[]) {
  const folder = await makeFolder();
  const plugbay = await openIn(folder, withPayment);
  const ids = new Map<string, string>();
  for (const label of labels) {
    const item = { type: gateway, module: "apps/http", name: "http", label, config: { url: "https://x" } };
    ids.set(label, (await plugbay.control.createItem(item, { actor: "alice" })).id);
  }
  const run = (...words: string[]) => runCli(folder, ...words, ...config("payment"));
  /** What a name names, by a command that changes nothing. */
  const named = async (name: string, ...words: string[]): Promise<string> =>
    JSON.parse((await run("set", name, "--description", "", "--json", ...words)).stdout).after.id;
  return { plugbay, ids, run, named };
}

/** The first word of each line that an error lists, as a shell would read it. */
const listed = (text: string): string[] =>
  [...text.matchAll(/^ {2}(?:'([^']+)'|(\S+))/gm)].map(([, quoted, plain]) => quoted ?? plain ?? "");

test.each(["sms", "apps/sms:sms"])("an item without a label is named as %s", async (name) => {
  const { plugbay, named } = await start();
  expect(await named(name)).toBe(plugbay.items(otp).find((item) => item.name === "sms")?.id);
});

test.each(["http/eu", "apps/http:http/eu"])("an item with a label is named as %s", async (name) => {
  const { ids, named } = await start("eu", "us");
  expect(await named(name)).toBe(ids.get("eu"));
  expect(await named(ids.get("us") ?? "")).toBe(ids.get("us"));
});

test.each(["http", "apps/http:http"])("the only item of a plugin is named as %s", async (name) => {
  const { ids, named } = await start("eu");
  expect(await named(name)).toBe(ids.get("eu"));
});

test.each(["http", "apps/http:http"])(
  "%s of several items lists what names each, to be pasted",
  async (name) => {
    const { ids, run, named } = await start("eu", "us east");
    const refused = await run("set", name, "--status", "disable");
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain("  apps/http:http/eu   ");
    expect(refused.stderr).toContain("  'apps/http:http/us east'   ");
    const names = listed(refused.stderr);
    const found: string[] = [];
    for (const one of names) found.push(await named(one));
    expect(found).toEqual([ids.get("eu"), ids.get("us east")]);
  },
);

test("items of several types that share a full name are listed by their ids", async () => {
  const { plugbay, run, named } = await start();
  const mails = [...plugbay.items(otp), ...plugbay.items(notifier)].filter(({ name }) => name === "smtp");
  for (const name of ["smtp", "apps/mail:smtp"]) {
    const refused = await run("set", name, "--status", "disable");
    expect(refused.code).toBe(2);
    expect(listed(refused.stderr).sort()).toEqual(mails.map(({ id }) => id).sort());
  }
  expect(await named("smtp", "--type", "otp")).toBe(mails[0]?.id);
});

test.each([
  ["http/eo", "apps/http:http/eu"],
  ["apps/http/http", "apps/http:http/eu"],
  ["smss", "apps/sms:sms"],
])("where nothing is called %s, it says that there is %s", async (wrong, right) => {
  const { run, named } = await start("eu");
  const refused = await run("hold", wrong, "--reason", "r");
  expect(refused.code).toBe(3);
  expect(listed(refused.stderr)).toContain(right);
  for (const name of listed(refused.stderr)) expect(await named(name)).not.toBe("");
});

test("where no name is near, it says where they are listed", async () => {
  const { run } = await start();
  expect(await run("release", "quux")).toMatchObject({
    code: 3,
    stderr: expect.stringContaining("see: plugbay list"),
  });
});
