import type { PluginItem, Readiness } from "plugbay";
import { expect, test } from "vitest";
import { MisconfiguredError } from "../../src/instances/errors.ts";
import { troubleOf } from "../../src/serving/trouble-of.ts";
import { otp } from "../definition/otp.ts";
import { item } from "../selection/rows.ts";

const until = Date.UTC(2030, 0, 1, 8);
const told = "2030-01-01T08:00:00.000Z";
const since = "2030-01-01T07:00:00.000Z";
const sms = item("sms");
const held = item("sms", { hold: { reason: "it double-charges", by: "alice", since } });
const unknown = { itemId: "item sms", message: null, failedCalls: 0, until: null };

test.each<[string, Readiness, PluginItem, object | undefined]>([
  ["one that is ready", { kind: "ready" }, sms, undefined],
  ["one that is being made", { kind: "making" }, sms, undefined],
  ["one that is disabled", { kind: "idle" }, sms, undefined],
  ["one without its plugin", { kind: "missing" }, sms, { ...unknown, state: "missing" }],
  [
    "one that could not be made",
    { kind: "failed", error: new Error("no credit"), retryAt: until },
    sms,
    { ...unknown, state: "failed", message: "no credit" },
  ],
  [
    "one whose config is wrong",
    {
      kind: "failed",
      error: new MisconfiguredError(otp, sms, [{ path: [], message: "no url" }]),
      retryAt: until,
    },
    sms,
    { ...unknown, state: "misconfigured", message: expect.stringContaining("no url") },
  ],
  [
    "one that is held until a time",
    { kind: "held", until, reason: "it double-charges", by: "alice" },
    held,
    { ...unknown, state: "held", message: "it double-charges", until: told, since },
  ],
  [
    "one that is held until it is released",
    { kind: "held", until: undefined, reason: "it double-charges", by: "alice" },
    held,
    { ...unknown, state: "held", message: "it double-charges", since },
  ],
  [
    "one whose hold is not known any more",
    { kind: "held", until, reason: "it double-charges", by: "alice" },
    sms,
    { ...unknown, state: "held", message: "it double-charges", until: told },
  ],
  [
    "one whose calls fail",
    {
      kind: "cooling",
      reason: "circuit",
      until,
      failures: { count: 5, error: new Error("timed out"), at: until },
    },
    sms,
    { ...unknown, state: "circuit", message: "timed out", failedCalls: 5, until: told },
  ],
  [
    "one of whose failures only a report told",
    { kind: "cooling", reason: "circuit", until, failures: { count: 5, error: undefined, at: until } },
    sms,
    { ...unknown, state: "circuit", failedCalls: 5, until: told },
  ],
  [
    "one whose credentials were refused",
    { kind: "cooling", reason: "unauthorized", until: undefined },
    sms,
    { ...unknown, state: "unauthorized" },
  ],
  [
    "one that is exhausted",
    { kind: "cooling", reason: "exhausted", until },
    sms,
    { ...unknown, state: "exhausted", until: told },
  ],
])("of %s", (_, readiness, of, trouble) => {
  expect(troubleOf(of, readiness)).toStrictEqual(trouble);
});

test("a message has 500 characters at most", () => {
  const long = "x".repeat(2_000);
  const readiness: readonly Readiness[] = [
    { kind: "failed", error: new Error(long), retryAt: until },
    { kind: "held", until, reason: long, by: "alice" },
    { kind: "cooling", reason: "circuit", until, failures: { count: 1, error: new Error(long), at: until } },
  ];
  for (const one of readiness) expect(troubleOf(sms, one)?.message).toHaveLength(500);
});
