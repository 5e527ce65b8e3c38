import type { JsonValue } from "plugbay";
import { describe, expect, test } from "vitest";
import type { ItemRow } from "../../src/store/rows.ts";
import { formatChange } from "../../src/sync/format-change.ts";
import type { SyncChange } from "../../src/sync/sync-plan.ts";
import { itemRow, typeRow } from "../selection/rows.ts";

const type = { manager: "apps/otp", name: "otp" };

const change = (before: ItemRow | null, after: ItemRow | null, action: SyncChange["action"]): string[] =>
  formatChange({ entity: "item", action, type, before, after } as SyncChange);
const row = (patch: Partial<ItemRow> = {}) => itemRow("otp", "sms", patch);
const configured = (from: JsonValue, to: JsonValue) =>
  change(row({ config: from }), row({ config: to }), "update").slice(1);

describe("a change of an item is shown with", () => {
  test("its first status, priority and config, where it is created", () => {
    const created = row({
      priority: 3,
      managed: "file" as ItemRow["managed"],
      config: { url: "https://example.com" },
    });
    expect(change(null, created, "create")).toEqual([
      "+ create item apps/channels:sms of otp (apps/otp)   active, priority 3, managed by a file",
      '    config.url: "https://example.com"',
    ]);
  });

  test("no fields and no config, where it is purged", () => {
    expect(change(row({ config: { a: 1 } }), null, "purge")).toEqual([
      "x purge item apps/channels:sms of otp (apps/otp)",
    ]);
  });

  test("each field that becomes something else", () => {
    const patch = { module: "apps/new", label: "NL", status: "disable", description: "New" } as const;
    expect(
      change(row(), row({ ...patch, configVersion: 2, managed: "file" as ItemRow["managed"] }), "update"),
    ).toEqual([
      "~ update item apps/new:sms/NL of otp (apps/otp)",
      '    module: "apps/channels" -> "apps/new"',
      '    label: "" -> "NL"',
      '    status: "active" -> "disable"',
      '    description: "" -> "New"',
      '    managed: null -> "file"',
      "    configVersion: 1 -> 2",
    ]);
  });

  test("each value of its config that becomes something else, is added or is gone", () => {
    const from = { port: 25, host: "a", tags: ["x"], old: true, empty: {} };
    const to = { port: 26, host: "a", tags: ["x", "y"], empty: { now: null }, fresh: {} };
    expect(configured(from, to)).toEqual([
      "    config.port: 25 -> 26",
      '    config.tags: ["x"] -> ["x","y"]',
      "    config.old: true -> nothing",
      "    config.empty: {} -> nothing",
      "    config.empty.now: nothing -> null",
      "    config.fresh: nothing -> {}",
    ]);
  });

  test("the whole config, where it had none or has none any more", () => {
    expect(configured(null, { a: { b: 1 } })).toEqual(["    config.a.b: nothing -> 1"]);
    expect(configured("text", null)).toEqual(['    config: "text" -> nothing']);
  });

  test("the fingerprint of a secret", () => {
    const secret = (fingerprint: string) => ({ token: { secret: "set", fingerprint } });
    expect(configured(secret("1a2b"), secret("3c4d"))).toEqual([
      "    config.token: secret 1a2b -> secret 3c4d",
    ]);
    expect(configured(null, secret(""))).toEqual(["    config.token: nothing -> secret"]);
    expect(configured(null, { secret: "set", fingerprint: 3 })).toEqual([
      '    config.secret: nothing -> "set"',
      "    config.fingerprint: nothing -> 3",
    ]);
    expect(configured(null, { secret: "none", fingerprint: "x" })).toHaveLength(2);
  });
});

test("a change of a type is shown without status or config", () => {
  const before = typeRow("otp");
  const line = (action: SyncChange["action"], after: object | null, from: object | null = before) =>
    formatChange({ entity: "type", action, type, before: from, after } as SyncChange);
  expect(line("create", before, null)).toEqual(['+ create plugin type "otp" of "apps/otp"']);
  expect(line("rename", { ...before, name: "code", config: {} })).toEqual([
    '~ rename plugin type "code" of "apps/otp"',
    '    name: "otp" -> "code"',
  ]);
  expect(line("retire", null, null)).toEqual([]);
});
