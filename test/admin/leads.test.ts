import type { Plugbay } from "plugbay";
import { expect, test } from "vitest";
import type {
  Changed,
  HistoryList,
  ItemDetail,
  PreviewResult,
  TypeDetail,
} from "../../src/admin/contract/contract.ts";
import { alice, bob, greeting } from "../store/definitions.ts";
import { idOf, onEveryDatabase } from "../store/test-database.ts";
import { Panel } from "./panel.ts";

const hour = 3_600_000;

onEveryDatabase((home) => {
  async function open(): Promise<{ plugbay: Plugbay; panel: Panel; id: string }> {
    const plugbay = await home.open([greeting, alice, bob]);
    return { plugbay, panel: new Panel(plugbay), id: idOf(plugbay, "bob") };
  }

  test("POST items/:id/serve-now puts an item first until a time, and end-lead ends that", async () => {
    const { panel, id } = await open();
    const until = new Date(Date.now() + hour).toISOString();
    const preview = await panel.ask<PreviewResult>("POST", "preview", { first: id, until });
    expect(preview).toMatchObject({ changed: 1, types: [{ effect: "switched", after: { name: "bob" } }] });
    expect(await panel.ask<Changed>("POST", `items/${id}/serve-now`, { until, version: 1 })).toMatchObject({
      changed: 1,
    });
    const item = await panel.ask<ItemDetail>("GET", `items/${id}`);
    expect(item).toMatchObject({
      reason: "selected",
      version: 2,
      lead: { until, since: expect.any(String) },
    });
    const type = await panel.ask<TypeDetail>("GET", `types/${item.typeId}`);
    expect(type.items).toMatchObject([
      { name: "bob", lead: { until } },
      { name: "alice", lead: null },
    ]);
    const { entries } = await panel.ask<HistoryList>("GET", "history?limit=1");
    expect(entries).toMatchObject([{ action: "lead", source: "admin", isRevertible: true }]);

    const ended = await panel.ask<ItemDetail>("POST", `items/${id}/end-lead`, { version: 2 });
    expect(ended).toMatchObject({ lead: null, reason: "lower-priority", version: 3 });
    expect(await panel.ask<ItemDetail>("POST", `items/${id}/end-lead`, {})).toMatchObject({ version: 3 });
  });

  test("it may last for a while by the server's clock", async () => {
    const { panel, id } = await open();
    const from = Date.now();
    await panel.ask<Changed>("POST", `items/${id}/serve-now`, { forMs: hour });
    const { lead } = await panel.ask<ItemDetail>("GET", `items/${id}`);
    const ms = Date.parse(lead?.until ?? "") - from;
    expect(ms).toBeGreaterThanOrEqual(hour);
    expect(ms).toBeLessThan(hour + 60_000);
  });

  test("what control refuses, and older versions, are problems", async () => {
    const { panel, plugbay, id } = await open();
    const refusal = (what: "serve-now" | "end-lead", body: object) =>
      panel.refusal("POST", `items/${id}/${what}`, { body });
    for (const body of [
      { forMs: 0 },
      { forMs: 1, until: "2100-01-01T00:00:00Z" },
      { until: "2020-01-01T00:00:00Z" },
      { until: "tomorrow" },
      { for: 1 },
    ]) {
      expect(await refusal("serve-now", body)).toMatchObject({ status: 400 });
    }
    expect(await refusal("serve-now", { forMs: hour, version: 2 })).toMatchObject({ code: "CONFLICT" });
    expect(await refusal("end-lead", { version: 2 })).toMatchObject({ code: "CONFLICT" });
    await plugbay.control.retire([id], { actor: "ann" });
    expect(await refusal("serve-now", { forMs: hour })).toMatchObject({ status: 409, code: "CONFLICT" });
  });
});
