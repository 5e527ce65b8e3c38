import type { Plugbay } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { describeApi } from "../../src/admin/openapi.ts";
import { checkOptions } from "../../src/admin/settings.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";
import { Panel } from "./panel.ts";

let plugbay: Plugbay;
beforeEach(async () => {
  const bench = await Workbench.create();
  plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("email")]);
});

const raise = (panel: Panel, reason?: string) =>
  panel.fetch("POST", "/admin/api/items/bulk", {
    body: { ids: [itemOf(plugbay.items(otp), "sms").id], action: "raise" },
    headers: reason === undefined ? {} : { "plugbay-reason": reason },
  });

test("the header says why, in any script, and the history is searched by it", async () => {
  const panel = new Panel(plugbay);
  const reason = "INC-4211: ارائه‌دهنده\nunavailable, 100%";
  expect((await raise(panel, encodeURIComponent(reason))).status).toBe(200);
  await raise(panel);
  const find = async (text: string) => {
    const query = new URLSearchParams({ reason: text });
    const response = await panel.fetch("GET", `/admin/api/history?${query}`);
    return ((await response.json()) as { entries: { reason: string | null }[] }).entries;
  };
  expect(await find("inc-4211")).toMatchObject([{ reason }]);
  expect(await find("100%25")).toEqual([]);
});

test.each(["%", "%ff", "a%0", encodeURIComponent("a".repeat(501)), "a%09b"])(
  "no reason: %s",
  async (reason) => {
    expect((await raise(new Panel(plugbay), reason)).status).toBe(400);
  },
);

test("where one is required, the session says so, and a change without one is refused", async () => {
  const panel = new Panel(plugbay, { requireReason: true });
  const session = await (await panel.fetch("GET", "/admin/api/session")).json();
  expect(session).toMatchObject({ requireReason: true });
  const response = await raise(panel);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "REASON_REQUIRED" });
  expect((await raise(panel, "why")).status).toBe(200);
});

test("the description names the header wherever a key is taken", () => {
  const { paths } = describeApi(checkOptions({ basePath: "/admin" })) as {
    paths: Record<string, Record<string, { parameters: { name: string }[] }>>;
  };
  for (const { parameters } of Object.values(paths).flatMap((methods) => Object.values(methods))) {
    const has = (wanted: string) => parameters.some(({ name }) => name === wanted);
    expect(has("Plugbay-Reason")).toBe(has("Idempotency-Key"));
  }
});
