import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { InvalidKeysError, NoKeyError } from "plugbay";
import { describe, expect, test } from "vitest";
import { UnreadableSecretError } from "../../src/secrets/errors.ts";
import { generateKey } from "../../src/secrets/generate-key.ts";
import { KeyRing } from "../../src/secrets/key-ring.ts";
import type { SealedSecret } from "../../src/secrets/sealed-secret.ts";

const at = "2030-01-31T00:00:00.000Z";
const key = (id: string): string => `${id}:${randomBytes(32).toString("base64")}`;
const place = { itemId: "0198", path: ["smtp", "password"] };

const text = fc.string({ unit: "binary", maxLength: 200 }).filter((value) => value.isWellFormed());
const places = fc.record({ itemId: fc.uuid(), path: fc.array(fc.string(), { minLength: 1, maxLength: 3 }) });
const ids = fc.uniqueArray(fc.stringMatching(/^[A-Za-z0-9_-]{1,32}$/), { minLength: 1, maxLength: 5 });

/** What a ring makes of a secret: its text, or a refusal; anything else is a fault. */
function read(ring: KeyRing, sealed: SealedSecret, where: typeof place): string | UnreadableSecretError {
  try {
    return ring.open(sealed, where);
  } catch (error) {
    if (error instanceof UnreadableSecretError) return error;
    throw error;
  }
}

describe("a key ring", () => {
  test("reads in its place what it has encrypted, and does not write it in clear", () => {
    fc.assert(
      fc.property(ids, text, places, (names, value, where) => {
        const ring = KeyRing.parse(names.map(key).join(","));
        const sealed = ring.seal(value, where, at);
        expect(ring.open(sealed, where)).toBe(value);
        expect(sealed.$secret).toMatch(/^v1\.[\w-]+\.[\w-]{16}\.[\w-]{22,}$/);
        const [, keyId, ...encrypted] = sealed.$secret.split(".");
        expect(keyId).toBe(names[0]);
        if (value.length > 5) expect(`${encrypted} ${sealed.fingerprint}`).not.toContain(value);
      }),
    );
  });

  test("refuses it in any other place", () => {
    fc.assert(
      fc.property(text, places, places, (value, one, other) => {
        fc.pre(JSON.stringify(one) !== JSON.stringify(other));
        const ring = KeyRing.parse(key("a"));
        expect(read(ring, ring.seal(value, one, at), other)).toBeInstanceOf(UnreadableSecretError);
      }),
    );
  });

  test("refuses what was cut or changed anywhere, or never reads another text from it", () => {
    fc.assert(
      fc.property(text, fc.nat(), fc.string({ maxLength: 3 }), fc.nat(4), (value, index, put, cut) => {
        const ring = KeyRing.parse(key("a"));
        const { $secret } = ring.seal(value, place, at);
        const start = index % $secret.length;
        const changed = $secret.slice(0, start) + put + $secret.slice(start + cut);
        const outcome = read(ring, { $secret: changed, at, fingerprint: "" }, place);
        // Base64 writes some bytes in several ways: what decodes to the same bytes is the same secret.
        if (outcome !== value) expect(outcome).toBeInstanceOf(UnreadableSecretError);
      }),
      { numRuns: 500 },
    );
  });

  test("over rotations and lost keys, every secret is readable or clearly refused", () => {
    const steps = fc.array(
      fc.record({ put: fc.boolean(), rotate: fc.nat(6), drop: fc.boolean(), value: text }),
      { minLength: 1, maxLength: 12 },
    );
    fc.assert(
      fc.property(steps, (taken) => {
        let keys = [key("k0")];
        const secrets: { value: string; sealed: SealedSecret; where: typeof place }[] = [];
        for (const [index, { put, rotate, drop, value }] of taken.entries()) {
          if (put) {
            const where = { itemId: `item ${index}`, path: ["token"] };
            secrets.push({ value, where, sealed: KeyRing.parse(keys.join(",")).seal(value, where, at) });
          }
          keys = [key(`k${index + 1}`), ...keys];
          const ring = KeyRing.parse(keys.join(","));
          // The rotation is interrupted after some of the secrets.
          for (const secret of secrets.slice(0, rotate)) {
            const opened = read(ring, secret.sealed, secret.where);
            if (typeof opened === "string") secret.sealed = ring.seal(opened, secret.where, at);
          }
          if (drop) keys = keys.slice(0, 1);
          const left = KeyRing.parse(keys.join(","));
          for (const { value: expected, sealed, where } of secrets) {
            const outcome = read(left, sealed, where);
            const isKnown = left.ids.includes(sealed.$secret.split(".")[1] ?? "");
            if (isKnown) expect(outcome).toBe(expected);
            else expect(outcome).toBeInstanceOf(UnreadableSecretError);
          }
        }
      }),
    );
  });

  test("refuses a key of the same name that is another one", () => {
    const sealed = KeyRing.parse(key("a")).seal("secret", place, at);
    expect(() => KeyRing.parse(key("a")).open(sealed, place)).toThrow(/another key called "a"/);
    expect(() => KeyRing.parse(key("b")).open(sealed, place)).toThrow(/"a", which PLUGBAY_KEYS lacks/);
  });

  test("gives a fingerprint that is of the key and the place too, and tells values apart", () => {
    const ring = KeyRing.parse(key("a"));
    const print = (of: KeyRing, value: string, where = place) => of.seal(value, where, at).fingerprint;
    expect(print(ring, "one")).toBe(print(ring, "one"));
    expect(print(ring, "one")).toMatch(/^[0-9a-f]{8}$/);
    const others = [
      print(ring, "two"),
      print(KeyRing.parse(key("a")), "one"),
      print(ring, "one", { ...place, itemId: "0199" }),
    ];
    expect(others).not.toContain(print(ring, "one"));
  });

  test("without keys reads nothing, and says how to make one when it should write", () => {
    const empty = KeyRing.parse("");
    expect(empty.ids).toEqual([]);
    expect(() => empty.seal("secret", place, at)).toThrow(NoKeyError);
    expect(() => empty.seal("secret", place, at)).toThrow(/npx plugbay keys generate/);
  });

  test("takes what generateKey makes, two of which never are alike", () => {
    const [one, other] = [generateKey(), generateKey(new Date("2030-01-31"))];
    expect(other.id).toMatch(/^k20300131-[0-9a-f]{4}$/);
    expect(KeyRing.parse(`${one.entry}, ${other.entry}`).ids).toEqual([one.id, other.id]);
    expect(one.entry.split(":")[1]).not.toBe(other.entry.split(":")[1]);
  });

  const secretPart = randomBytes(32).toString("base64");
  test.each([
    ["no id", secretPart],
    ["an empty id", `:${secretPart}`],
    ["an id with a dot", `a.b:${secretPart}`],
    ["a long id", `${"a".repeat(33)}:${secretPart}`],
    ["a short key", `a:${secretPart.slice(0, 20)}`],
    ["a long key", `a:${secretPart}${secretPart}`],
    ["a key that is no base64", `a:${"*".repeat(44)}`],
    ["two keys of one name", `a:${secretPart},a:${secretPart}`],
    ["an empty entry", `a:${secretPart},`],
  ])("with %s is refused, and the key is not told", (_, entry) => {
    const parse = () => KeyRing.parse(entry);
    expect(parse).toThrow(InvalidKeysError);
    expect(parse).toThrow(
      expect.objectContaining({ message: expect.not.stringContaining(secretPart.slice(0, 12)) }),
    );
  });
});
