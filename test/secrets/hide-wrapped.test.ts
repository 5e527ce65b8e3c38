import { expect, test } from "vitest";
import { hideAndCut, hideSecrets } from "../../src/secrets/mask-text.ts";

const token = "sk_live_4eC39HqLyjWDarjtT1zdp7dc/k+9=&x<y>'\"é😀-and-so-on-up-to-more-than-one-line-of-76";
const lines = Array.from({ length: 6 }, (_, index) =>
  Buffer.from(`line ${index} of what is no key, as long as that of one`).toString("base64").slice(0, 64),
);
const pem = ["-----BEGIN PRIVATE KEY-----", ...lines, "dGhlIGVuZA==", "-----END PRIVATE KEY-----", ""].join(
  "\n",
);

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const hex = (text: string): string => Buffer.from(text).toString("hex");
const wrapped = (text: string, column: number, end: string): string =>
  (text.match(new RegExp(`[\\s\\S]{1,${column}}`, "gu")) ?? []).join(end);
const each = (text: string, spell: (code: number, character: string) => string): string =>
  Array.from(text, (character) => spell(character.codePointAt(0) ?? 0, character)).join("");
const units = (text: string): string =>
  text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
const json = (text: string): string => JSON.stringify(text).slice(1, -1);
const html = (text: string): string =>
  text.replace(/[&<>"']/g, (c) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[c] ?? "&#39;");
const bytes = (text: string): string => hex(text).replace(/../g, "%$&");
/** Every second letter among hexadecimal digits is large. */
const mixed = (text: string): string =>
  text.replace(
    /([a-f])([^a-f]*)([a-f])/g,
    (_, one: string, rest: string, other: string) => one + rest + other.toUpperCase(),
  );

const wraps = [16, 64, 76].flatMap((column) =>
  ["\n", "\r\n", "\n    ", "\r\n\t", "\\n", "\\r\\n", "\\\\n", "%0A", "%0d%0a", "&#10;"].map(
    (end): [string, number, string] => [JSON.stringify(end), column, end],
  ),
);
test.each(wraps)("a secret split by %s at column %d is masked whole", (_, column, end) => {
  for (const secret of [token, pem.trim()]) {
    for (const text of [secret, base64(secret), base64(`user:${secret}`), hex(secret)]) {
      const hidden = hideSecrets(`before: ${wrapped(text, column, end)} after`, [secret]);
      // What base64 has before the secret is not the secret's.
      expect(hidden).toMatch(/^before: ([A-Za-z0-9]{0,8})\[secret\][A-Za-z0-9=]{0,4}\s* after$/);
    }
  }
});

const spellings: Record<string, (text: string) => string> = {
  "escapes of all UTF-16 units": units,
  "large escapes": (text) =>
    units(text)
      .replace(/[a-f]/g, (c) => c.toUpperCase())
      .replaceAll("\\U", "\\u"),
  "escapes of some characters": (text) => json(text).replace(/[^\x20-\x7e]|[=&<>']/g, units),
  "escapes of code points": (text) => each(text, (code) => `\\u{${code.toString(16)}}`),
  "escaped slashes": (text) => json(text).replaceAll("/", "\\/"),
  "escapes of bytes": (text) => text.replace(/[=&'"<>/+]/g, (c) => `\\x${hex(c)}`),
  "a percent-encoding of everything": bytes,
  "a percent-encoding in mixed case": (text) => mixed(bytes(text)),
  "a percent-encoding of little": (text) => text.replace(/[&="]/g, bytes),
  "a percent-encoding twice": (text) => encodeURIComponent(encodeURIComponent(text)),
  HTML: html,
  "HTML with numbers": (text) => text.replace(/[&<>"']/g, (c) => `&#${c.charCodeAt(0)};`),
  "HTML with hexadecimal numbers": (text) => each(text, (code) => `&#x${code.toString(16)};`),
  "JSON in HTML": (text) => html(JSON.stringify({ key: text })).slice("{&quot;key&quot;:&quot;".length, -7),
  "JSON in a URL in HTML": (text) => html(encodeURIComponent(json(text))),
  "base64 in a URL": (text) => encodeURIComponent(base64(text)),
  "base64 of JSON": (text) => base64(JSON.stringify(text)).slice(2),
  "hexadecimal digits in mixed case": (text) => mixed(hex(text)),
  "hexadecimal digits with colons": (text) => hex(text).replace(/..(?!$)/g, "$&:"),
  "hexadecimal digits with spaces": (text) => hex(text).replace(/..(?!$)/g, "$& "),
  "a list of bytes": (text) => hex(text).replace(/..(?!$)/g, "$&, 0x"),
};
test.each(Object.entries(spellings))("a secret is masked whole in %s", (_, spell) => {
  for (const secret of [token, pem.trim()]) {
    expect(hideSecrets(`before ${spell(secret)} after`, [secret])).toMatch(
      /^before \[secret\][\w=]{0,4}(%3D)* after$/,
    );
  }
});

test("of a secret of several lines, each long line is masked alone, all on one line, and the body alone", () => {
  for (const line of lines) expect(hideSecrets(`at ${line}.`, [pem])).toBe("at [secret].");
  expect(hideSecrets(`at ${pem.trim().replaceAll("\n", " ")}.`, [pem])).toBe("at [secret].");
  expect(hideSecrets(`at ${pem.replaceAll("\n", "")}.`, [pem])).toBe("at [secret].");
  expect(hideSecrets(`at ${[...lines, "dGhlIGVuZA=="].join("")}.`, [pem])).toBe("at [secret].");
  expect(hideSecrets("expected -----BEGIN PRIVATE KEY-----", [pem])).toBe(
    "expected -----BEGIN PRIVATE KEY-----",
  );
});

test("where a text is cut, a wrapped and escaped secret is masked whole", () => {
  const wide = units(pem).replace(/.{60}/g, "$&\r\n    ");
  for (let before = 0; before < 400; before += 7) {
    expect(hideAndCut(`${".".repeat(before)} ${wide} ${".".repeat(9_000)}`, [pem], 300)).not.toMatch(
      /\\u|u00/,
    );
  }
});

test("what only looks like a secret stays", () => {
  const texts = [
    "a st\natic file",
    "a\nb",
    "100%25 &amp; more\\n",
    "C:\\new\\tools",
    "2026-01-02 03:04:05",
    "%zz%e0%80%80 &#9999999;",
  ];
  for (const text of texts)
    expect(hideSecrets(text, ["ab", "a b", "not\nhere", "0304", token, pem])).toBe(text);
});

test("a long text full of near matches and escapes is gone through", () => {
  const near = [
    token.slice(0, -1),
    units(token).slice(0, -1),
    "%25",
    "\\\\",
    "\n ",
    "\n\\n",
    "&amp;",
    "61:",
    "0x",
    " ",
  ];
  for (const part of near) {
    const text = part.repeat(200_000 / part.length);
    expect(hideSecrets(text, [token, pem]) === text, part).toBe(true);
  }
});
