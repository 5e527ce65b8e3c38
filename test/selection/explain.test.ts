import { createRegistry, type PluginItem, type Readiness } from "plugbay";
import { describe, expect, test } from "vitest";
import { explainItems } from "../../src/selection/explain.ts";
import type { ItemRow } from "../../src/store/rows.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { item } from "./rows.ts";

const ready: Readiness = { kind: "ready" };
const cooling = { kind: "cooling", reason: "circuit", until: 1 } as const;
const failed: Readiness = { kind: "failed", error: new Error("wrong key"), retryAt: 1 };

const nothing = createRegistry();
const registry = createRegistry([otp, senderPlugin("sms")]);

const reasonOf = (subject: PluginItem, readiness: Readiness, selected?: PluginItem, code = nothing) =>
  explainItems([subject], code, selected, () => readiness)[0]?.reason;

describe("an item is", () => {
  const active = item("sms");
  const reserve = item("sms", { status: "reserve" });
  const disabled = item("sms", { status: "disable" });
  const retired = item("sms", { retiredAt: "2030-01-01T00:00:00.000Z" });

  test.each<[string, PluginItem, Readiness]>([
    ["lower-priority", active, ready],
    ["reserve", reserve, ready],
    ["disabled", disabled, { kind: "idle" }],
    ["disabled", disabled, ready],
    ["disabled", disabled, { kind: "missing" }],
    ["retired", retired, { kind: "idle" }],
    ["retired", retired, { kind: "missing" }],
    ["missing", active, { kind: "missing" }],
    ["making", active, { kind: "making" }],
    // Nothing is made any more when plugbay is closed.
    ["lower-priority", active, { kind: "idle" }],
    ["failed", active, failed],
    ["failed", reserve, failed],
    ["cooling", active, cooling],
    ["held", active, { kind: "held", until: 1, reason: "r", by: "ann" }],
    ["held", reserve, { kind: "held", until: undefined, reason: "r", by: "ann" }],
  ])("%s", (reason, subject, readiness) => {
    expect(reasonOf(subject, readiness)).toBe(reason);
  });

  test("selected, when it is the one", () => {
    expect(reasonOf(active, ready, active)).toBe("selected");
    expect(reasonOf(reserve, ready, reserve)).toBe("selected");
  });

  test("selected although it is cooling, when there is no other", () => {
    expect(reasonOf(active, cooling, active)).toBe("selected");
  });
});

describe("an item that was retired", () => {
  const retiredAt = "2030-01-01T00:00:00.000Z";
  const pruned = (name: string, patch: Partial<ItemRow> = {}) =>
    item(name, { retiredAt, retiredBy: "sync", ...patch });

  test("by a sync is in use where the code has its plugin", () => {
    expect(reasonOf(pruned("sms"), ready, undefined, registry)).toBe("lower-priority");
    expect(reasonOf(pruned("sms", { status: "reserve" }), ready, undefined, registry)).toBe("reserve");
    expect(reasonOf(pruned("sms", { status: "disable" }), ready, undefined, registry)).toBe("disabled");
    expect(reasonOf(pruned("sms"), failed, undefined, registry)).toBe("failed");
    const subject = pruned("sms");
    expect(reasonOf(subject, ready, subject, registry)).toBe("selected");
  });

  test("by a sync is retired where the code does not have it", () => {
    expect(reasonOf(pruned("fax"), ready, undefined, registry)).toBe("retired");
  });

  test("by an operator is retired, whatever the code has", () => {
    const subject = pruned("sms", { retiredBy: "operator" });
    expect(reasonOf(subject, ready, undefined, registry)).toBe("retired");
  });

  test("and is in use, stands where its status and priority put it", () => {
    const items = [item("voice", { priority: 5 }), pruned("sms", { priority: 1 }), pruned("fax")];
    const explained = explainItems(items, registry, undefined, () => ready);
    expect(explained.map((one) => one.item.name)).toEqual(["sms", "voice", "fax"]);
  });
});

test("the explanation of a failed item has its error, and every one its readiness", () => {
  const [broken, fine] = [item("broken"), item("fine")];
  const explanation = explainItems([broken, fine], nothing, fine, (subject) =>
    subject === broken ? failed : ready,
  );
  expect(explanation).toStrictEqual([
    { item: broken, reason: "failed", readiness: failed, error: failed.error },
    { item: fine, reason: "selected", readiness: ready },
  ]);
});
