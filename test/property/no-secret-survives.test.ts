import fc from "fast-check";
import { expect, test } from "vitest";
import { hideSecrets } from "../../src/secrets/mask-text.ts";
import { PlainText } from "../../src/secrets/plain-text.ts";

type Spell = (text: string) => string;

const hexOf: Spell = (text) => Buffer.from(text).toString("hex");
/** What a text can become before it is wrapped or escaped. */
const encodings: readonly Spell[] = [
  (text) => text,
  (text) => Buffer.from(text).toString("base64"),
  (text) => Buffer.from(text).toString("base64url"),
  (text) => Buffer.from(`user:${text}`).toString("base64"),
  hexOf,
  (text) => hexOf(text).toUpperCase(),
];
const html: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#x27;",
};
const unit: Spell = (text) => `\\u${text.charCodeAt(0).toString(16).padStart(4, "0")}`;
const escapings: readonly Spell[] = [
  (text) => JSON.stringify(text).slice(1, -1),
  (text) =>
    JSON.stringify(text)
      .slice(1, -1)
      .replaceAll("/", "\\/")
      .replace(/[=&<>]/g, unit),
  (text) => encodeURIComponent(text),
  (text) => hexOf(text).replace(/../g, "%$&"),
  (text) => text.replace(/[&<>"']/g, (character) => html[character] ?? ""),
];
const wrapping = fc
  .tuple(fc.integer({ min: 4, max: 80 }), fc.constantFrom("\n", "\r\n", "\n  ", "\r\n\t"))
  .map(
    ([column, end]): Spell =>
      (text) =>
        (text.match(new RegExp(`.{1,${column}}`, "gsu")) ?? []).join(end),
  );

/** In one line, without blanks at its ends: those may be lost where it is wrapped. */
const secrets = fc
  .string({ minLength: 16, maxLength: 120, unit: "grapheme" })
  .filter((text) => text.isWellFormed() && !/[\r\n]|^[\s+]|[\s+]$/.test(text));
const compositions = fc.tuple(
  fc.constantFrom(...encodings),
  fc.array(fc.oneof(fc.constantFrom(...escapings), wrapping), { maxLength: 3 }),
);

test("however a secret is encoded, wrapped and escaped, no six characters in a row of it survive", () => {
  fc.assert(
    fc.property(secrets, compositions, (secret, [encode, spells]) => {
      const encoded = encode(secret);
      const spelled = spells.reduce((text, spell) => spell(text), encoded);
      const hidden = hideSecrets(`<${spelled}>`, [secret]);
      expect(hidden).toContain("[secret]");
      const told = PlainText.of(hidden.replaceAll("[secret]", "|")).text;
      // Of `user:` in base64, nothing is the secret's.
      const own = encoded.slice(encoded.startsWith("dXNlcj") ? "dXNlcj".length : 0);
      for (const text of [secret, own])
        for (let at = 0; at + 6 <= text.length; at += 1) expect(told).not.toContain(text.slice(at, at + 6));
    }),
    { numRuns: 3_000 },
  );
});
