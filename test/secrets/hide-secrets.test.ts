import { inspect } from "node:util";
import fc from "fast-check";
import { expect, test } from "vitest";
import { hideInError } from "../../src/secrets/hide-secrets.ts";
import { hideSecrets } from "../../src/secrets/mask-text.ts";

test("a secret is hidden as it is, and as JSON, URLs and base64 write it", () => {
  const secret = 'pa"ss wörd\n.*+?$&';
  const spellings = [secret, JSON.stringify(secret), encodeURIComponent(secret), inspect(secret)];
  for (const spelling of [...spellings, Buffer.from(secret).toString("base64")]) {
    expect(hideSecrets(`before ${spelling} after`, [secret])).toMatch(/^before ["']?\[secret\]["']? after$/);
  }
});

const lower = (text: string) => text.replace(/%../g, (code) => code.toLowerCase());

test.each<[string, (secret: string) => string]>([
  ["a form", (secret) => new URLSearchParams({ key: secret }).toString().slice(4)],
  ["a form with small digits", (secret) => lower(new URLSearchParams({ key: secret }).toString().slice(4))],
  ["a URL", (secret) => encodeURI(secret)],
  ["a URL's part with small digits", (secret) => lower(encodeURIComponent(secret))],
  ["base64url", (secret) => Buffer.from(secret).toString("base64url")],
  ["hexadecimal digits", (secret) => Buffer.from(secret).toString("hex")],
  ["large hexadecimal digits", (secret) => Buffer.from(secret).toString("hex").toUpperCase()],
  ["JSON in JSON", (secret) => JSON.stringify(JSON.stringify(secret)).slice(3, -3)],
])("a secret is hidden as %s has it", (_, spell) => {
  const secrets = fc.string({ minLength: 9, maxLength: 20, unit: "grapheme" });
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const spelling = spell(secret);
      expect(hideSecrets(`${before} ${spelling} ${after}`, [secret])).not.toContain(spelling);
    }),
  );
});

test.each(["base64", "base64url"] as const)("a secret is hidden inside a longer %s text", (encoding) => {
  const secrets = fc.string({ minLength: 9, maxLength: 20, unit: "grapheme" });
  fc.assert(
    fc.property(secrets, fc.string(), fc.string(), (secret, before, after) => {
      const hidden = hideSecrets(Buffer.from(before + secret + after).toString(encoding), [secret]);
      expect(hidden).toContain("[secret]");
      for (const part of hidden.split("[secret]")) {
        expect(Buffer.from(part, encoding).toString()).not.toContain(secret);
      }
    }),
  );
});

test("a short secret's other spellings leave texts as they are", () => {
  expect(hideSecrets("error 61 in YQ", ["z"])).toBe("error 61 in YQ");
  expect(hideSecrets("error 6161", ["aa"])).toBe("error 6161");
});

test("whatever the secrets are, the text does not tell one of more than a few characters", () => {
  const secrets = fc.array(fc.string({ minLength: 9, maxLength: 20 }), { maxLength: 4 });
  fc.assert(
    fc.property(secrets, fc.array(fc.string()), (values, rest) => {
      const text = values.flatMap((value, index) => [rest[index] ?? "", value]).join(" ");
      const hidden = hideSecrets(text, values);
      for (const value of values) expect(hidden.includes(value)).toBe(false);
    }),
  );
});

test("an empty text is no secret", () => {
  expect(hideSecrets("nothing to hide", [""])).toBe("nothing to hide");
});

test("an error that tells nothing stays itself; one that does, be it in its cause, is replaced", () => {
  const harmless = new TypeError("no connection");
  expect(hideInError(harmless, ["hunter2!"])).toBe(harmless);
  const telling = Object.assign(new TypeError("no connection", { cause: { key: "hunter2!" } }), {
    code: "E1",
  });
  const hidden = hideInError(telling, ["hunter2!"]);
  expect(hidden).toMatchObject({ name: "TypeError", message: "no connection", code: "E1" });
  expect(inspect(hidden, { depth: 9 })).not.toContain("hunter2!");
  expect(hideInError("hunter2! is wrong", ["hunter2!"])).toBe("[secret] is wrong");
});
