import { definePlugin, type Plugbay } from "plugbay";
import { expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { Workbench } from "../runtime/workbench.ts";

const alice = { actor: "alice" };

async function open() {
  const bench = await Workbench.create();
  const plugbay = await bench.open([
    ...[otp, senderPlugin("sms", { priority: 1 }), senderPlugin("voice", { priority: 2 })],
    ...[senderPlugin("email", { status: "reserve" }), senderPlugin("fax", { status: "disable" })],
  ]);
  return { bench, plugbay, control: plugbay.control };
}

const idOf = (plugbay: Plugbay, wanted: string): string =>
  plugbay.items(otp).find(({ name }) => name === wanted)?.id ?? "";

const order = (plugbay: Plugbay): string =>
  plugbay
    .items(otp)
    .map(({ name, status }) => `${name} ${status}`)
    .join(", ");

test.each(["voice", "email", "fax"])("%s serves at once, in one change of one item", async (name) => {
  const { plugbay, control } = await open();
  const id = idOf(plugbay, name);
  const { types } = await control.preview({ first: id });
  expect(types).toMatchObject([{ effect: "switched", before: { name: "sms" }, after: { name } }]);
  const { changed, revision } = await control.serveNow(id, alice);
  expect(changed).toBe(1);
  expect(plugbay.selected(otp)?.name).toBe(name);
  expect(order(plugbay)).toContain(`${name} active, sms active`);
  expect((await control.history()).filter((entry) => entry.revision === revision)).toHaveLength(1);
  expect(await control.serveNow(id, alice)).toMatchObject({ changed: 0 });
});

test("what was held, or put aside by its calls, has calls again", async () => {
  const { plugbay, control } = await open();
  const id = idOf(plugbay, "voice");
  for (let call = 0; call < 5; call += 1)
    await plugbay
      .run(otp, () => Promise.reject(Object.assign(new Error("down"), { code: "ECONNREFUSED" })))
      .catch(() => undefined);
  expect(plugbay.items(otp).map((item) => plugbay.readiness(item).kind)).toContain("cooling");
  await control.hold(id, { reason: "maintenance" }, alice);
  await control.serveNow(id, alice);
  expect(plugbay.items(otp)[0]).toMatchObject({ name: "voice", status: "active" });
  expect(plugbay.items(otp)[0]?.hold).toBeUndefined();
  expect(plugbay.selected(otp)?.name).toBe("voice");
});

test("it is refused for what is retired, unknown, or was changed since", async () => {
  const { plugbay, control } = await open();
  const id = idOf(plugbay, "voice");
  await expect(control.serveNow(id, { ...alice, version: 7 })).rejects.toMatchObject({ code: "CONFLICT" });
  await expect(control.serveNow("nothing", alice)).rejects.toMatchObject({ code: "ITEM_NOT_FOUND" });
  await expect(control.limitedTo({ access: "read" }).serveNow(id, alice)).rejects.toMatchObject({
    code: "FORBIDDEN",
  });
  await control.retire([id], alice);
  await expect(control.serveNow(id, alice)).rejects.toThrow("is retired; restore it first");
  expect(plugbay.selected(otp)?.name).toBe("sms");
});

test("with equal priorities, the names decide no longer", async () => {
  const bench = await Workbench.create();
  const plugbay = await bench.open([
    otp,
    ...["a", "b", "c"].map((name) =>
      definePlugin(otp, { name, module: "apps/sms", create: () => new Sender(name) }),
    ),
  ]);
  await plugbay.control.serveNow(idOf(plugbay, "c"), alice);
  expect(plugbay.items(otp).map(({ name }) => name)).toEqual(["c", "a", "b"]);
});
