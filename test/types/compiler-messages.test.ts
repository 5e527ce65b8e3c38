import { beforeAll, describe, expect, test } from "vitest";
import { compilerMessages } from "./compiler-messages.ts";

const preamble = `
import { definePlugin, definePluginType } from "plugbay";
interface Otp { send(to: string): Promise<string> }
const otp = definePluginType<Otp>({ name: "otp", manager: "m", methods: { send: "required" } });
const identity = { name: "p", module: "m" };
class Misspelt { async snd() { return ""; } }
class Mistyped { async send(to: number) { return String(to); } }
class Complete { async send(to: string) { return to; } }
`;

/** What is wrong, and the program that it is in. */
const programs = {
  "an object with a misspelt method":
    "definePlugin(otp, { ...identity, create: () => ({ snd: async () => '' }) });",
  "an instance with a misspelt method": "definePlugin(otp, { ...identity, create: () => new Misspelt() });",
  "a promise of one": "definePlugin(otp, { ...identity, create: async () => new Misspelt() });",
  "one for each call":
    "definePlugin(otp, { ...identity, lifetime: 'transient', create: () => new Misspelt() });",
  "a class with a misspelt method": "definePlugin(otp, { ...identity, class: Misspelt });",
  "a method with another parameter": "definePlugin(otp, { ...identity, create: () => new Mistyped() });",
  "a misspelt option": "definePlugin(otp, { ...identity, class: Complete, priorty: 5 });",
  "a misspelt method of a type":
    "definePluginType<Otp>({ name: 'otp', manager: 'm', methods: { snd: 'required' } });",
  "a forgotten T": "definePluginType({ name: 'otp', manager: 'm', methods: { send: 'required' } });",
  "a correct one": "definePlugin(otp, { ...identity, class: Complete });",
};

describe("the compiler says", () => {
  let messages: Record<string, string> = {};
  beforeAll(() => {
    messages = compilerMessages(
      Object.fromEntries(Object.entries(programs).map(([title, text]) => [title, `${preamble}${text}`])),
    );
  });

  test.each([
    ["an object with a misspelt method", /Property 'send' is missing in type '{ snd: /],
    [
      "an instance with a misspelt method",
      "Property 'send' is missing in type 'Misspelt' but required in type 'Otp'",
    ],
    ["a promise of one", "Property 'send' is missing in type 'Misspelt' but required in type 'Otp'"],
    ["one for each call", "Property 'send' is missing in type 'Misspelt' but required in type 'Otp'"],
    [
      "a class with a misspelt method",
      "Property 'send' is missing in type 'Misspelt' but required in type 'Otp'",
    ],
    ["a method with another parameter", /The types of 'send' are incompatible.*Types of parameters 'to'/s],
    ["a misspelt option", /'priorty' does not exist in type .* Did you mean to write 'priority'\?/s],
    ["a misspelt method of a type", /'snd' does not exist in type .*Otp/],
    ["a forgotten T", "Say which interface it is, as in definePluginType<OtpSender>({ ... })"],
  ])("of %s which it is", (title, message) => {
    expect(messages[title]).toMatch(message);
  });

  test("nothing of what is right", () => {
    expect(messages["a correct one"]).toBe("");
  });
});
