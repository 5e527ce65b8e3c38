import { type ItemExplanation, NoPluginAvailableError } from "plugbay";
import { expect, test } from "vitest";
import { otp } from "../definition/otp.ts";
import { item } from "../selection/rows.ts";

const sms = item("sms");
const error = new Error("no credit");
const ready = { kind: "ready" } as const;
const held = { kind: "held", until: undefined, reason: "maintenance", by: "alice" } as const;

test.each<[string, Omit<ItemExplanation, "item">]>([
  ["was not chosen by the selector", { reason: "lower-priority", readiness: ready }],
  ["is lower-priority", { reason: "lower-priority", readiness: { kind: "making" } }],
  ["is disabled", { reason: "disabled", readiness: ready }],
  ["is being made", { reason: "making", readiness: { kind: "making" } }],
  ["is held by alice (maintenance)", { reason: "held", readiness: held }],
  ["is held", { reason: "held", readiness: { kind: "making" } }],
  ["is retired", { reason: "retired", readiness: held }],
  ["is missing", { reason: "missing", readiness: { kind: "missing" } }],
  ["is failed (no credit)", { reason: "failed", readiness: { kind: "failed", error, retryAt: 0 }, error }],
])("an item that %s", (text, explanation) => {
  expect(new NoPluginAvailableError(otp, [{ item: sms, ...explanation }])).toMatchObject({
    code: "NO_PLUGIN_AVAILABLE",
    message: `no plugin of plugin type "otp" of "apps/otp" can serve: apps/channels:sms ${text}`,
  });
});

test("a reserve that was not chosen by the selector, either", () => {
  const error = new NoPluginAvailableError(otp, [{ item: sms, reason: "reserve", readiness: ready }]);
  expect(error.message).toMatch(/apps\/channels:sms was not chosen by the selector$/);
});

test("a type without items, and one with several", () => {
  expect(new NoPluginAvailableError(otp, []).message).toMatch(
    /can serve: it has no items; register a plugin for it and sync$/,
  );
  const disabled = { reason: "disabled", readiness: { kind: "idle" } } as const;
  const several = [
    { item: sms, ...disabled },
    { item: item("mail"), ...disabled },
  ];
  expect(new NoPluginAvailableError(otp, several).message).toMatch(
    /: apps\/channels:sms is disabled, apps\/channels:mail is disabled$/,
  );
});
