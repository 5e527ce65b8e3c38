import { expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";

const [sms, mail] = [senderPlugin("sms"), senderPlugin("mail")];

test("a sync in a mode that there is not is refused in words", async () => {
  const plugbay = await (await Workbench.create()).open([otp, sms]);
  await expect(plugbay.sync({ mode: "upsert" as never })).rejects.toMatchObject({
    code: "INVALID_OPTION",
    message: 'option "mode" is "upsert"; it is "create" or "update"',
  });
});

test("what a sync changes stands in the history as its own", async () => {
  const plugbay = await (await Workbench.create()).open([otp, sms]);
  const history = await plugbay.control.history();
  expect(history.map(({ action, source }) => `${action} by ${source}`)).toEqual([
    "create by sync",
    "create by sync",
  ]);
});

test("a sync that has nothing to change only reads", async () => {
  const bench = await Workbench.create();
  const plugbay = await bench.open([otp, sms]);
  const { statements } = bench.database;
  const before = statements.length;
  expect(await plugbay.sync()).toMatchObject({ itemsFound: 1, itemsCreated: 0 });
  const others = statements.slice(before).filter((sql) => !sql.startsWith("select"));
  expect(others).toEqual(["begin deferred", "commit"]);
});

test("a prune holds back what a process that lives has, as it is planned and as it is done", async () => {
  const bench = await Workbench.create();
  await bench.open([otp, sms, mail], { heartbeatMs: 10_000 });
  await settle();
  const newer = await bench.open([otp, sms]);
  const { heldBack, changes } = await newer.planSync({ prune: true });
  expect(heldBack.map(({ row }) => row.name)).toEqual(["mail"]);
  expect(changes).toEqual([]);
  expect(await newer.sync({ prune: true })).toMatchObject({ heldBack: 1, prunedItems: 0 });
});
