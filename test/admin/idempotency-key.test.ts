import type { Plugbay } from "plugbay";
import { beforeEach, expect, test } from "vitest";
import { describeApi } from "../../src/admin/openapi.ts";
import { checkOptions } from "../../src/admin/settings.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";
import { Panel } from "./panel.ts";

let plugbay: Plugbay;
let panel: Panel;
beforeEach(async () => {
  const bench = await Workbench.create();
  plugbay = await bench.open([otp, senderPlugin("sms"), senderPlugin("email")]);
  panel = new Panel(plugbay);
});

const raise = (key: string, action = "raise") =>
  panel.fetch("POST", "/admin/api/items/bulk", {
    body: { ids: [itemOf(plugbay.items(otp), "sms").id], action },
    headers: { "idempotency-key": key },
  });

test("a request that is sent again under its key changes nothing, and answers as the first did", async () => {
  const { priority } = itemOf(plugbay.items(otp), "sms");
  const first = await raise('"8e03978e"');
  expect(first.status).toBe(200);
  const told = await first.json();
  expect(await (await raise("8e03978e")).json()).toEqual(told);
  expect(itemOf(plugbay.items(otp), "sms").priority).toBe(priority - 1);
});

test("a key of another request is refused as a conflict", async () => {
  await raise("8e03978e");
  const response = await raise("8e03978e", "lower");
  expect(response.status).toBe(409);
  expect(await response.json()).toMatchObject({ code: "KEY_REUSED" });
});

test.each(['""', '"a', '"a\\b"', "a".repeat(201)])("no key: %s", async (key) => {
  const response = await raise(key);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ code: "INVALID_INPUT" });
});

test("the description names the header for every request that changes something, and for no other", () => {
  const { paths } = describeApi(
    checkOptions({ basePath: "/admin", authorize: () => ({ actor: "olga", access: "write" }) }),
  ) as { paths: Record<string, Record<string, { parameters: { name: string }[] }>> };
  const keyed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods)
      .filter(([, { parameters }]) => parameters.some(({ name }) => name === "Idempotency-Key"))
      .map(([method]) => `${method} ${path}`),
  );
  expect(keyed.sort()).toEqual([
    "patch /items",
    "patch /items/{itemId}",
    "post /history/changes/{revision}/revert",
    "post /history/{entryId}/revert",
    "post /items",
    "post /items/bulk",
    "post /items/purge",
    "post /items/{itemId}/duplicate",
    "post /items/{itemId}/end-lead",
    "post /items/{itemId}/hold",
    "post /items/{itemId}/release",
    "post /items/{itemId}/serve-now",
    "put /types/{typeId}/order",
  ]);
});
