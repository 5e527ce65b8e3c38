import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { transformSync } from "esbuild";
import { beforeEach, describe, expect, test } from "vitest";
import { readIn, writeSenders } from "./new-senders.ts";
import type { Outcome } from "./outcome.ts";
import { runCli } from "./run-cli.ts";
import { makeFolder } from "./workspace.ts";

const plugbay = JSON.stringify(fileURLToPath(new URL("../../src/index.ts", import.meta.url)));
const sqlite = JSON.stringify(fileURLToPath(new URL("../../src/store/sqlite/index.ts", import.meta.url)));

let folder: string;

beforeEach(async () => {
  folder = await makeFolder();
});

const make = (name: string, ...operands: string[]): Promise<Outcome> =>
  runCli(folder, "new", "plugin", name, ...operands);

async function save(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), text);
}

/** An application with one type, declared as it is given after `export const token = definePluginType`. */
async function declare(declaration: string, before = "", extension = "ts"): Promise<void> {
  await save(
    `gateway.${extension}`,
    `import { definePluginType } from ${plugbay};\n${before}\nexport const gateway = definePluginType${declaration};\n`,
  );
  await save(
    `plugbay.config.${extension}`,
    `import { sqlite } from ${sqlite};\nimport { gateway } from "./gateway.js";\n` +
      `export default { database: sqlite("app.db"), plugins: [gateway] };\n`,
  );
}

const identity = 'name: "gateway", manager: "apps/payment"';

describe("a plugin of what plugbay init wrote", () => {
  beforeEach(() => writeSenders(folder));

  test("has the methods of its type, and their signatures", async () => {
    expect(await make("sms_ir", "--type", "otp")).toMatchObject({ code: 0, stderr: "" });
    expect(await readIn(folder, "src/plugins/sms-ir.ts")).toBe(`import { definePlugin } from "plugbay";
import { otp, type OtpSender } from "./otp.js";

class SmsIr implements OtpSender {
  async sendOtp(number: string, code: string): Promise<void> {
    throw new Error("sendOtp is not written yet");
  }
}

export const smsIr = definePlugin(otp, {
  name: "sms_ir",
  module: "apps/otp-sms-ir",
  description: "",
  class: SmsIr,
});
`);
    const tests = await readIn(folder, "src/plugins/sms-ir.test.ts");
    expect(tests).toContain('import { smsIr } from "./sms-ir.js";\n\ndescribePlugin(smsIr, {');
  });

  test("is registered, once it is added to the config as it is told", async () => {
    const outcome = await make("push", "--type", "otp", "--json");
    const { next } = JSON.parse(outcome.stdout);
    expect(next[0].lines).toEqual(['import { push } from "./plugins/push.js";', "plugins: [..., push]"]);
    const written = await readIn(folder, "src/plugins/push.ts");
    await save("src/plugins/push.ts", written.replace('"plugbay"', plugbay));
    const config = await readIn(folder, "src/plugbay.config.ts");
    const line = `${next[0].lines[0]}\n`;
    await save("src/plugbay.config.ts", line + config.replace("mail]", "mail, push]"));
    expect(await runCli(folder, "migrate")).toMatchObject({ code: 0 });
    expect((await runCli(folder, "list")).stdout).toContain("apps/otp-push:push");
  });

  test("goes into another folder and module, where these are named", async () => {
    const outcome = await make("voice", "--type", "otp", "--folder", "src/voice", "--module", "apps/voice");
    expect(outcome).toMatchObject({ code: 0 });
    const text = await readIn(folder, "src/voice/voice.ts");
    expect(text).toContain('from "../plugins/otp.js";');
    expect(text).toContain('module: "apps/voice"');
    expect(outcome.stdout).toContain('import { voice } from "./voice/voice.js";');
  });

  test("is not written over, and the command ends with 4", async () => {
    await save("src/plugins/push.ts", "mine\n");
    const outcome = await make("push", "--type", "otp", "--json");
    expect(outcome).toMatchObject({ code: 4, stderr: "" });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      written: ["src/plugins/push.test.ts"],
      kept: ["src/plugins/push.ts"],
    });
    expect(await readIn(folder, "src/plugins/push.ts")).toBe("mine\n");
  });

  test.each([
    ["a type that nobody registers", ["x", "--type", "otq"], 3, 'no plugin type is called "otq"'],
    ["a plugin that is there", ["sms", "--type", "otp", "--module", "apps/otp-sms"], 2, "has a plugin"],
    ["a name that is none", [" x", "--type", "otp"], 2, "white space"],
    ["a name without letters", ["--type", "otp", "--", "--"], 2, "no letter"],
    ["no type", ["x"], 2, "--type"],
    [
      "a module that is not there",
      ["x", "--type", "otp", "--type-from", "./no.ts"],
      2,
      "no file and no package",
    ],
    [
      "a module without the type",
      ["x", "--type", "otp", "--type-from", "src/plugins/sms.ts"],
      2,
      "not export",
    ],
  ])("is not written for %s", async (_what, operands, code, words) => {
    const before = await readdir(folder, { recursive: true });
    const outcome = await runCli(folder, "new", "plugin", ...operands);
    expect(outcome).toMatchObject({ code, stdout: "", stderr: expect.stringContaining(words) });
    expect(await readdir(folder, { recursive: true })).toEqual(before);
  });

  test("a type that several files declare is asked for, and taken from the one that is named", async () => {
    await save("src/old/otp.ts", await readIn(folder, "src/plugins/otp.ts"));
    const outcome = await make("push", "--type", "otp");
    expect(outcome).toMatchObject({ code: 2, stderr: expect.stringContaining("src/old/otp.ts") });
    const named = await make("push", "--type", "otp", "--type-from", "src/plugins/otp.ts");
    expect(named).toMatchObject({ code: 0 });
    expect(await readIn(folder, "src/plugins/push.ts")).toContain("implements OtpSender");
  });
});

describe("a plugin of a type", () => {
  test("whose signatures need other names is typed by way of the interface", async () => {
    const contract =
      "export interface Order { id: string }\nexport interface Gateway { charge(order: Order): Promise<string>; }";
    await declare(`<Gateway>({ ${identity}, methods: { charge: "required" } })`, contract);
    await make("stripe", "--type", "gateway");
    expect(await readIn(folder, "stripe.ts")).toContain(
      'charge(..._args: Parameters<Gateway["charge"]>): ReturnType<Gateway["charge"]> {',
    );
  });

  test("with optional methods has the required ones alone", async () => {
    const contract =
      "export interface Gateway {\n  charge(cents: number): string;\n  refund?(cents: number): string;\n}";
    await declare(
      `<Gateway>({ ${identity}, methods: { charge: "required", refund: "optional" } })`,
      contract,
    );
    await make("stripe", "--type", "gateway");
    const text = await readIn(folder, "stripe.ts");
    expect(text).toContain("  charge(cents: number): string {");
    expect(text).not.toContain("refund");
  });

  test("whose interface is a class extends it", async () => {
    const contract = "export abstract class Gateway {\n  abstract charge(cents: number): Promise<string>;\n}";
    await declare(`({ ${identity}, methods: { charge: "required" }, interface: Gateway })`, contract);
    await make("stripe", "--type", "gateway");
    const text = await readIn(folder, "stripe.ts");
    expect(text).toContain('import { gateway, Gateway } from "./gateway.js";');
    expect(text).toContain("class Stripe extends Gateway {\n  override async charge(cents: number)");
  });

  test("whose interface has no name is made by a function, which knows the types", async () => {
    await declare(
      `<{ charge(cents: number): Promise<string> }>({ ${identity}, methods: { charge: "required" } })`,
    );
    await make("stripe", "--type", "apps/payment/gateway");
    const text = await readIn(folder, "stripe.ts");
    expect(text).toContain('import { gateway } from "./gateway.js";');
    expect(text).toContain("create: () => ({\n    charge() {");
  });

  test("in JavaScript has no types", async () => {
    await declare(`({ ${identity}, methods: { charge: "required" } })`, "", "mjs");
    await save(
      "plugbay.config.mjs",
      (await readIn(folder, "plugbay.config.mjs")).replace("gateway.js", "gateway.mjs"),
    );
    expect(await make("stripe", "--type", "gateway")).toMatchObject({ code: 0, stderr: "" });
    const text = await readIn(folder, "stripe.mjs");
    expect(text).toContain('import { gateway } from "./gateway.mjs";\n\nclass Stripe {\n  async charge() {');
  });

  test("has underscores where the compiler refuses parameters that nothing reads", async () => {
    await save("package.json", '{ "type": "module" }');
    await save("tsconfig.json", '{\n  "compilerOptions": {\n    "noUnusedParameters": true\n  }\n}');
    const contract =
      "export interface Gateway {\n  charge(cents: number, order?: string): Promise<string>;\n}";
    await declare(`<Gateway>({ ${identity}, methods: { charge: "required" } })`, contract);
    await make("stripe", "--type", "gateway");
    expect(await readIn(folder, "stripe.ts")).toContain(
      "charge(_cents: number, _order?: string): Promise<string>",
    );
  });

  test.each([
    ["sms_ir", "sms-ir", "smsIr", "SmsIr"],
    ["SMS", "sms", "sms", "SMS"],
    ["delete", "delete", "deletePlugin", "Delete"],
    ["gateway", "gateway", "gatewayPlugin", "PluginGateway"],
    ["2nd choice", "2nd-choice", "plugin2ndChoice", "Plugin2ndChoice"],
    ["پیامک", "پیامک", "پیامک", "Pluginپیامک"],
  ])("called %s has names that code can have", async (name, file, token, className) => {
    const contract = "export interface Gateway {\n  charge(cents: number): Promise<string>;\n}";
    await declare(`<Gateway>({ ${identity}, methods: { charge: "required" } })`, contract);
    await make(name, "--type", "gateway", "--folder", "made");
    const text = await readIn(folder, `made/${file}.ts`);
    expect(text).toContain(`class ${className} implements Gateway {`);
    expect(text).toContain(`export const ${token} = definePlugin(gateway, {`);
    expect(() => transformSync(text, { loader: "ts" })).not.toThrow();
  });
});
