import { extensionOf, type Project, type Runner, testFile } from "./project.ts";

/** A file by its path from the project's folder, as a template of `written`. */
export interface Template {
  readonly path: string;
  readonly text: string;
}

const type = `import { definePluginType } from "plugbay";

⟨/** What every implementation can do. */
export interface OtpSender {
  sendOtp(number: string, code: string): Promise<void>;
}⟩

/** The plugin type: what the application asks for, and what plugins are declared for. */
export const otp = definePluginType⟨<OtpSender>⟩({
  name: "otp",
  manager: "apps/otp",
  description: "Sends one-time codes",
  methods: { sendOtp: "required" },
  // How calls go: with no answer in 5 s, the next plugin sends the code. Twice is better than never.
  policy: { idempotent: true, timeoutMs: 5_000 },
});
`;

const sms = `import { definePlugin } from "plugbay";
import { otp⟨, type OtpSender⟩ } from "./otp.js";

class SmsOtp⟨ implements OtpSender⟩ {
  async sendOtp(number⟨: string⟩, code⟨: string⟩)⟨: Promise<void>⟩ {
    // Stands for a call of your provider.
    console.log("SMS to %s: %s", number, code);
  }
}

export const sms = definePlugin(otp, {
  name: "sms",
  module: "apps/otp-sms",
  priority: 10, // the lower one goes first
  description: "Sends codes by SMS",
  class: SmsOtp,
});
`;

const mail = `import { definePlugin } from "plugbay";
import { otp } from "./otp.js";

export const mail = definePlugin(otp, {
  name: "mail",
  module: "apps/otp-mail",
  priority: 20,
  description: "Sends codes by e-mail",
  // A function does as well as a class, and may be asynchronous.
  create: () => ({
    async sendOtp(number, code) {
      console.log("Mail to the owner of %s: %s", number, code);
    },
  }),
});
`;

/** What a test file imports of its runner; Jest has globals. */
const imports: Readonly<Record<Runner, string>> = {
  vitest: `import { describePlugin, openTestPlugbay } from "plugbay/testing";
import { expect, test } from "vitest";
`,
  jest: `import { describePlugin, openTestPlugbay } from "plugbay/testing";
`,
  node: `import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { describePlugin, openTestPlugbay } from "plugbay/testing";
`,
};

function tests(runner: Runner): string {
  const equal = (actual: string, expected: string): string =>
    runner === "node" ? `deepEqual(${actual}, ${expected});` : `expect(${actual}).toEqual(${expected});`;
  return `${imports[runner]}import { mail } from "./mail.js";
import { otp } from "./otp.js";
import { sms } from "./sms.js";

test("a code is sent to the number that asked for it", async () => {
  const plugbay = await openTestPlugbay({ plugins: [otp, sms, mail] });
  const sent⟨: string[]⟩ = [];
  // Stands in for the plugins, wherever the application calls the type.
  const fake = {
    sendOtp: async (number⟨: string⟩, code⟨: string⟩) => void sent.push([number, code].join(" ")),
  };
  await plugbay.override(otp, fake, () => plugbay.service(otp).sendOtp("+1 555 0100", "123456"));
  ${equal("sent", '["+1 555 0100 123456"]')}
  await plugbay.close();
});

test("codes go by mail once an operator has disabled SMS", async () => {
  const plugbay = await openTestPlugbay({ plugins: [otp, sms, mail] });
  ${equal("plugbay.selected(otp)?.name", '"sms"')}
  const item = plugbay.items(otp).find(({ name }) => name === "sms");
  await plugbay.control.updateItem(item?.id ?? "", { status: "disable" }, { actor: "alice" });
  ${equal("plugbay.selected(otp)?.name", '"mail"')}
  await plugbay.close();
});

// What every plugin of the type has to do.
for (const plugin of [sms, mail]) {
  describePlugin(plugin, {
    cases: { "sends a code": (sender) => sender.sendOtp("+1 555 0100", "123456") },
  });
}
`;
}

/** A plugin type, two plugins of it, and their tests. */
export function senderFiles(project: Project): Template[] {
  const folder = pluginFolder(project);
  const extension = extensionOf(project);
  return [
    { path: `${folder}otp.${extension}`, text: type },
    { path: `${folder}sms.${extension}`, text: sms },
    { path: `${folder}mail.${extension}`, text: mail },
    { path: testFile(`${folder}otp`, project), text: tests(project.runner) },
  ];
}

/** Where plugins are, from the project's folder. */
export const pluginFolder = ({ sources }: Project): string => `${sources}plugins/`;
