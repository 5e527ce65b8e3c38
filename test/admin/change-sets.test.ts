import type { Plugbay } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";
import { Panel } from "./panel.ts";

let plugbay: Plugbay;
let panel: Panel;
beforeEach(async () => {
  const bench = await Workbench.create();
  plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("email")]);
  panel = new Panel(plugbay);
});

const get = async (path: string) => (await panel.fetch("GET", `/admin/api${path}`)).json();

test("an action is one change, which is planned and reverted as a whole", async () => {
  const ids = plugbay.items(otp).map(({ id }) => id);
  const { revision } = await plugbay.control.bulk(ids, "disable", { actor: "olga", reason: "INC-4211" });
  const { changes, next } = (await get("/history/changes?limit=1")) as { changes: unknown[]; next: number };
  expect(changes).toMatchObject([
    { revision, total: 2, reason: "INC-4211", isRevertible: true, entries: [{}, {}] },
  ]);
  expect(next).toBe(revision);
  expect(await get(`/history/changes?before=${next}`)).toMatchObject({
    changes: [{ revision: 1 }],
    next: null,
  });
  expect(await get(`/history/changes/${revision}`)).toMatchObject({ revision, total: 2 });
  expect(await get(`/history/changes/${revision}/revert`)).toMatchObject({
    total: 2,
    items: [{ after: { status: "active" } }, { after: { status: "active" } }],
  });
  const response = await panel.fetch("POST", `/admin/api/history/changes/${revision}/revert`);
  expect(await response.json()).toEqual({ changed: 2, revision: revision + 1 });
  expect(plugbay.items(otp).every(({ status }) => status === "active")).toBe(true);
  const again = await panel.fetch("POST", `/admin/api/history/changes/${revision}/revert`);
  expect(again.status).toBe(409);
});

test("a revision that nothing was changed at is not found", async () => {
  expect((await panel.fetch("GET", "/admin/api/history/changes/99")).status).toBe(404);
  expect((await panel.fetch("GET", "/admin/api/history/changes/9x")).status).toBe(404);
});
