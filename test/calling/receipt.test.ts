import fc from "fast-check";
import { InvalidReceiptError, type PluginItem } from "plugbay";
import { describe, expect, test } from "vitest";
import { Receipts } from "../../src/calling/receipt.ts";

const item = (more: Partial<PluginItem> = {}): PluginItem =>
  Object.freeze({
    id: "0192f0c4-7a31-7000-8a6e-3f1c5d2b9e77",
    config: { url: "https://example.com", limits: { day: 5, hour: 1 } },
    configVersion: 1,
    ...more,
  }) as PluginItem;

const receipts = new Receipts("default");
const began = Date.UTC(2030, 0, 1, 12);
const found = (one: PluginItem) => (id: string) => (id === one.id ? one : undefined);

const refusal = (text: unknown, find: (id: string) => PluginItem | undefined, by = receipts): unknown => {
  try {
    return by.read(text, find);
  } catch (error) {
    return error;
  }
};

describe("a receipt", () => {
  test("says which item it is of, and when the attempt began", () => {
    const text = receipts.write(item(), began);
    expect(receipts.read(text, found(item()))).toEqual({ item: item(), began });
  });

  test("is short, and of letters that a URL and a header take as they are", () => {
    const text = receipts.write(item(), began);
    expect(text).toMatch(/^[\w-]+$/);
    expect(text.length).toBeLessThan(100);
    expect(encodeURIComponent(text)).toBe(text);
    expect(new Headers({ receipt: text }).get("receipt")).toBe(text);
  });

  test("is read by another process, which has the item as another object", () => {
    const elsewhere = new Receipts("default");
    const text = elsewhere.write(item({ status: "active", version: 1 }), began);
    const now = item({ status: "reserve", version: 9, priority: 5, label: "eu" });
    expect(receipts.read(text, found(now)).item).toBe(now);
  });

  test("holds, whatever order a database gives the fields of a config in", () => {
    const text = receipts.write(item(), began);
    const now = item({ config: { limits: { hour: 1, day: 5 }, url: "https://example.com" } });
    expect(receipts.read(text, found(now)).item).toBe(now);
  });

  test("holds when the keys of secrets are rotated, and not when a secret is set anew", () => {
    const config = (at: string, fingerprint: string) => ({ token: { secret: "set", at, fingerprint } });
    const text = receipts.write(item({ config: config("2029-01-01", "a") }), began);
    const rotated = item({ config: config("2029-01-01", "b") });
    expect(receipts.read(text, found(rotated)).item).toBe(rotated);
    expect(refusal(text, found(item({ config: config("2029-01-02", "b") })))).toMatchObject({
      reason: "changed",
    });
  });

  test("of an attempt at no time that a clock can have is written all the same", () => {
    expect(receipts.read(receipts.write(item(), -5), found(item())).began).toBe(0);
    expect(receipts.read(receipts.write(item(), began + 0.7), found(item())).began).toBe(began);
  });
});

describe("is refused", () => {
  const text = receipts.write(item(), began);

  test.each([
    ["undefined", undefined],
    ["null", null],
    ["a number", 5],
    ["an object", { receipt: text }],
    ["an object without a prototype", Object.create(null)],
    ["an empty text", ""],
    ["something else", "0192f0c4-7a31-7000-8a6e-3f1c5d2b9e77"],
    ["its beginning alone", "pb1_"],
    ["without its beginning", text.slice(4)],
    ["cut short", text.slice(0, -1)],
    ["cut to nearly nothing", text.slice(0, 20)],
    ["with more behind it", `${text}A`],
    ["with a blank", `${text} `],
    ["with padding", `${text}=`],
    ["in small letters", text.toLowerCase()],
    ["in the other base64", `${text.slice(0, 10)}+${text.slice(11)}`],
    ["twice", text + text],
    ["very long", `pb1_${"A".repeat(10_000_000)}`],
  ])("what is malformed: %s", (_title, given) => {
    const error = refusal(given, found(item()));
    expect(error).toBeInstanceOf(InvalidReceiptError);
    expect(error).toMatchObject({
      code: "INVALID_RECEIPT",
      kind: "invalid",
      reason: "malformed",
      receipt: given,
      itemId: undefined,
    });
    expect((error as Error).message).toContain("it is not a receipt, or was damaged on its way");
    expect((error as Error).message.length).toBeLessThan(200);
  });

  test("one that names no item", () => {
    const nobody = receipts.write(item({ id: "" }), began);
    expect(refusal(nobody, () => expect.fail("was looked for"))).toMatchObject({ reason: "malformed" });
  });

  test("one of more than 1,000 letters, though it was written so", () => {
    const ids = Array.from({ length: 1_000 }, (_, index) => "x".repeat(index + 1));
    const lengths = ids.map((id) => receipts.write(item({ id }), began).length);
    const one = item({ id: ids[lengths.indexOf(1_000)] ?? "" });
    expect(receipts.read(receipts.write(one, began), found(one)).item).toBe(one);
    const other = item({ id: `${one.id}x` });
    expect(refusal(receipts.write(other, began), found(other))).toMatchObject({ reason: "malformed" });
  });

  test("one of another application, before it is looked for", () => {
    const other = new Receipts("billing");
    const error = refusal(text, () => expect.fail("was looked for"), other);
    expect(error).toMatchObject({ reason: "foreign", itemId: item().id });
    expect((error as Error).message).toContain("of another application");
  });

  test("one of an item that is gone", () => {
    const error = refusal(text, () => undefined);
    expect(error).toMatchObject({ reason: "gone", itemId: item().id });
    expect((error as Error).message).toContain("its item no longer exists");
  });

  test.each([
    ["a field", { config: { url: "https://example.org", limits: { day: 5, hour: 1 } } }],
    ["a nested field", { config: { url: "https://example.com", limits: { day: 6, hour: 1 } } }],
    ["the version", { configVersion: 2 }],
    ["all of it", { config: null }],
  ])("one of an item whose config has changed: %s", (_title, more) => {
    const error = refusal(text, found(item(more)));
    expect(error).toMatchObject({ reason: "changed", itemId: item().id });
    expect((error as Error).message).toContain("the config of its item has changed since");
  });
});

test("whatever the ids and namespaces, what was written is read, and by its own namespace alone", () => {
  const text = fc.string({ minLength: 1, maxLength: 60, unit: "grapheme" });
  fc.assert(
    fc.property(text, text, text, fc.nat(2 ** 40), (id, namespace, other, at) => {
      const one = item({ id });
      const written = new Receipts(namespace).write(one, at);
      expect(written).toMatch(/^[\w-]+$/);
      expect(new Receipts(namespace).read(written, found(one))).toEqual({ item: one, began: at });
      if (other !== namespace) {
        expect(refusal(written, found(one), new Receipts(other))).toMatchObject({ reason: "foreign" });
      }
    }),
  );
});

test("one letter that is another, gone or doubled is noticed, wherever it is", () => {
  const written = receipts.write(item(), began);
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (let index = 0; index < written.length; index += 1) {
    const [before, after] = [written.slice(0, index), written.slice(index + 1)];
    const garbled = [before + after, before + written.charAt(index) + written.slice(index)];
    garbled.push(...[...letters].map((letter) => before + letter + after).filter((text) => text !== written));
    for (const text of garbled) {
      expect(refusal(text, found(item())), text).toMatchObject({ reason: "malformed" });
    }
  }
});
