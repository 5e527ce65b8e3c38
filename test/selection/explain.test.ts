import type { PluginItem, Readiness } from "plugbay";
import { describe, expect, test } from "vitest";
import { explainItems } from "../../src/selection/explain.ts";
import { item } from "./rows.ts";

const ready: Readiness = { kind: "ready" };
const failed: Readiness = { kind: "failed", error: new Error("wrong key"), retryAt: 1 };

const reasonOf = (subject: PluginItem, readiness: Readiness, selected?: PluginItem) =>
  explainItems([subject], selected, () => readiness)[0]?.reason;

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
    ["failed", active, failed],
    ["failed", reserve, failed],
    ["cooling", active, { kind: "cooling", until: 1 }],
  ])("%s", (reason, subject, readiness) => {
    expect(reasonOf(subject, readiness)).toBe(reason);
  });

  test("selected, when it is the one", () => {
    expect(reasonOf(active, ready, active)).toBe("selected");
    expect(reasonOf(reserve, ready, reserve)).toBe("selected");
  });

  test("selected although it is cooling, when there is no other", () => {
    expect(reasonOf(active, { kind: "cooling", until: 1 }, active)).toBe("selected");
  });
});

test("the explanation of a failed item has its error, and every one its readiness", () => {
  const [broken, fine] = [item("broken"), item("fine")];
  const explanation = explainItems([broken, fine], fine, (subject) => (subject === broken ? failed : ready));
  expect(explanation).toEqual([
    { item: broken, reason: "failed", readiness: failed, error: failed.error },
    { item: fine, reason: "selected", readiness: ready },
  ]);
});
