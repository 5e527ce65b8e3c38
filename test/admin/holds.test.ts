import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type {
  HistoryList,
  ItemDetail,
  ItemList,
  TypeDetail,
  TypeList,
} from "../../src/admin/contract/contract.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { Panel } from "./panel.ts";

const minute = 60_000;

onEveryDatabase((home) => {
  async function open(): Promise<{ plugbay: Plugbay; panel: Panel; id: string }> {
    const plugbay = await home.open([greeting, alice, bob]);
    return { plugbay, panel: new Panel(plugbay), id: idOf(plugbay, "alice") };
  }

  test("POST items/:id/hold holds an item for a while by the server's clock, and says so everywhere", async () => {
    const { panel, id } = await open();
    const from = Date.now();
    const held = await panel.ask<ItemDetail>("POST", `items/${id}/hold`, {
      reason: "maintenance",
      forMs: 15 * minute,
      version: 1,
    });
    const until = held.hold?.until ?? "";
    expect(Date.parse(until) - from).toBeGreaterThanOrEqual(15 * minute);
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(15 * minute);
    expect(held).toMatchObject({
      status: "active",
      reason: "held",
      readiness: { kind: "held", until },
      hold: { reason: "maintenance", until, since: expect.any(String) },
    });
    const { items } = await panel.ask<ItemList>("GET", "items?readiness=held");
    expect(items).toMatchObject([{ id, hold: { reason: "maintenance" } }]);
    const { types } = await panel.ask<TypeList>("GET", "types");
    expect(types).toMatchObject([{ health: { held: 1, ready: 1 }, serving: { name: "bob" } }]);
    const type = await panel.ask<TypeDetail>("GET", `types/${held.typeId}`);
    expect(type.items).toMatchObject([{ reason: "held" }, { reason: "selected", hold: null }]);
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=1");
    expect(entries).toMatchObject([{ action: "hold", source: "admin", isRevertible: true }]);

    const released = await panel.ask<ItemDetail>("POST", `items/${id}/release`, { version: 2 });
    expect(released).toMatchObject({ hold: null, reason: "selected", version: 3 });
    expect(await panel.ask<ItemDetail>("POST", `items/${id}/release`, {})).toMatchObject({ version: 3 });
  });

  test("a hold may have a time of its end, or none", async () => {
    const { panel, id } = await open();
    const until = new Date(Date.now() + minute).toISOString();
    const hold = (body: object) => panel.ask<ItemDetail>("POST", `items/${id}/hold`, body);
    expect((await hold({ reason: "r", until })).hold).toMatchObject({ until });
    const { hold: endless, readiness } = await hold({ reason: "r" });
    expect(endless).not.toHaveProperty("until");
    expect(readiness).toEqual({ kind: "held" });
  });

  test("what control refuses, and older versions, are problems", async () => {
    const { panel, plugbay, id } = await open();
    const refusal = (what: "hold" | "release", body: object) =>
      panel.refusal("POST", `items/${id}/${what}`, { body });
    for (const body of [
      { reason: " " },
      { reason: "r", forMs: 0 },
      { reason: "r", forMs: 1, until: "2030-01-01T00:00:00Z" },
      { reason: "r", until: "2020-01-01T00:00:00Z" },
      { forMs: 1 },
      { reason: "r", for: 1 },
    ]) {
      expect(await refusal("hold", body)).toMatchObject({ status: 400 });
    }
    expect(await refusal("hold", { reason: "r", version: 2 })).toMatchObject({ code: "CONFLICT" });
    await plugbay.control.retire([id], { actor: "ann" });
    expect(await refusal("hold", { reason: "r" })).toMatchObject({ status: 409, code: "CONFLICT" });
    expect(await refusal("release", { version: 1 })).toMatchObject({ code: "CONFLICT" });
  });
});
