import { describe, expect, test } from "vitest";
import { emptySnapshot, type Snapshot, succeed } from "../../src/selection/snapshot.ts";
import { itemRow, rows, typeRow } from "./rows.ts";

const first = succeed(
  emptySnapshot,
  rows(1, {
    types: [typeRow("otp"), typeRow("gateway")],
    items: [itemRow("otp", "sms", { priority: 2 }), itemRow("otp", "mail"), itemRow("gateway", "stripe")],
  }),
).snapshot;

const names = (snapshot: Snapshot, type: string) =>
  snapshot.byIdentity.get("apps/otp", type)?.items.map(({ name }) => name);

describe("a snapshot", () => {
  test("has the items of each type in selection order, whatever order the rows came in", () => {
    expect(names(first, "otp")).toEqual(["mail", "sms"]);
    expect(names(first, "gateway")).toEqual(["stripe"]);
    expect(first.revision).toBe(1);
  });

  test("and its items are frozen", () => {
    expect(first).toSatisfy(Object.isFrozen);
    for (const { items } of first.types.values()) expect(items).toSatisfy(Object.isFrozen);
    for (const item of first.items) expect(item).toSatisfy(Object.isFrozen);
  });

  test("gives the items of a type one identity object, which is what many items would weigh", () => {
    const [one, other] = first.byIdentity.get("apps/otp", "otp")?.items ?? [];
    expect(one?.type).toEqual({ manager: "apps/otp", name: "otp" });
    expect(one?.type).toBe(other?.type);
  });

  test("leaves out items whose type is not there", () => {
    const { snapshot } = succeed(first, rows(2, { items: [itemRow("unknown", "lost")] }));
    expect([...snapshot.types.keys()]).toEqual(["type otp", "type gateway"]);
  });
});

describe("the snapshot after a change", () => {
  test("shares the types that did not change, and the items that did not", () => {
    const changed = itemRow("otp", "sms", { priority: -1, revision: 2 });
    const { snapshot, changedTypes, purgedTypes } = succeed(first, rows(2, { items: [changed] }));
    expect(names(snapshot, "otp")).toEqual(["sms", "mail"]);
    expect(snapshot.types.get("type gateway")).toBe(first.types.get("type gateway"));
    expect(snapshot.types.get("type otp")?.items[1]).toBe(first.types.get("type otp")?.items[0]);
    expect([...changedTypes]).toEqual(["type otp"]);
    expect([...purgedTypes]).toEqual([]);
    expect(snapshot.revision).toBe(2);
  });

  test("leaves the one before as it was", () => {
    succeed(first, rows(2, { items: [itemRow("otp", "new")], purged: ["item sms"] }));
    expect(names(first, "otp")).toEqual(["mail", "sms"]);
  });

  test("has new types and new items", () => {
    const { snapshot, changedTypes } = succeed(
      first,
      rows(2, { types: [typeRow("notifier")], items: [itemRow("otp", "call"), itemRow("notifier", "push")] }),
    );
    expect(names(snapshot, "otp")).toEqual(["call", "mail", "sms"]);
    expect(names(snapshot, "notifier")).toEqual(["push"]);
    expect(changedTypes).toEqual(new Set(["type otp", "type notifier"]));
  });

  test("is without purged items, also when nothing else of their type changed", () => {
    const { snapshot, changedTypes } = succeed(first, rows(2, { purged: ["item sms"] }));
    expect(names(snapshot, "otp")).toEqual(["mail"]);
    expect([...changedTypes]).toEqual(["type otp"]);
  });

  test("is without purged types and their items", () => {
    const purged = ["item sms", "item mail", "type otp"];
    const { snapshot, changedTypes, purgedTypes } = succeed(first, rows(2, { purged }));
    expect(names(snapshot, "otp")).toBeUndefined();
    expect([...purgedTypes]).toEqual(["type otp"]);
    expect([...changedTypes]).toEqual([]);
  });

  test("is without a type that was purged, though a row of it or of its items was read before that", () => {
    for (const read of [{ types: [typeRow("otp")] }, { items: [itemRow("otp", "fax")] }]) {
      const { snapshot } = succeed(first, rows(2, { ...read, purged: ["type otp"] }));
      expect([...snapshot.types.keys()]).toEqual(["type gateway"]);
      expect(snapshot.items.size).toBe(1);
    }
  });

  test("has a type that comes to many", () => {
    const types = Array.from({ length: 20 }, (_, number) => typeRow(`type ${number}`));
    const { snapshot } = succeed(emptySnapshot, rows(1, { types }));
    const next = succeed(snapshot, rows(2, { types: [typeRow("notifier")] })).snapshot;
    expect(names(next, "notifier")).toEqual([]);
    expect(next.types.size).toBe(21);
  });

  test("has a type that was purged and declared anew under its new id", () => {
    const anew = rows(2, {
      types: [typeRow("otp", { id: "type otp 2" })],
      items: [itemRow("otp 2", "sms", { id: "item sms 2" })],
      purged: ["item sms", "item mail", "type otp"],
    });
    const { snapshot } = succeed(first, anew);
    expect(snapshot.byIdentity.get("apps/otp", "otp")?.items.map(({ id }) => id)).toEqual(["item sms 2"]);
  });

  test("has a renamed type under its new name only, and its items know it", () => {
    const renamed = typeRow("otp", { manager: "apps/otp", name: "code", revision: 2 });
    const { snapshot } = succeed(first, rows(2, { types: [renamed] }));
    expect(names(snapshot, "otp")).toBeUndefined();
    expect(names(snapshot, "code")).toEqual(["mail", "sms"]);
    for (const item of snapshot.byIdentity.get("apps/otp", "code")?.items ?? []) {
      expect(item.type).toEqual({ manager: "apps/otp", name: "code" });
      expect(item).toSatisfy(Object.isFrozen);
    }
  });

  test("has the items of a type that has another manager under that, each once", () => {
    const renamed = typeRow("otp", { manager: "apps/login" });
    const changed = itemRow("otp", "sms", { priority: -1 });
    const { snapshot } = succeed(first, rows(2, { types: [renamed], items: [changed] }));
    const items = snapshot.byIdentity.get("apps/login", "otp")?.items ?? [];
    expect(items.map(({ name }) => name)).toEqual(["sms", "mail"]);
    for (const { type } of items) expect(type).toEqual({ manager: "apps/login", name: "otp" });
  });

  test("keeps the items of a type whose description alone changed", () => {
    const { snapshot } = succeed(first, rows(2, { types: [typeRow("otp", { description: "New" })] }));
    expect(snapshot.types.get("type otp")?.row.description).toBe("New");
    expect(snapshot.types.get("type otp")?.items).toEqual(first.types.get("type otp")?.items);
  });
});
