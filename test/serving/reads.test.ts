import { ClosedError, definePluginType, UnknownTypeError } from "plugbay";
import { expect, test } from "vitest";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { item, itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "./serving-bench.ts";

const types = [typeRow("otp")];
const sms = itemRow("otp", "sms");
const mail = itemRow("otp", "mail", { priority: 1 });
const plugins = [senderPlugin("sms"), senderPlugin("mail")];
const methods = { sendOtp: "required" } as const;
const other = definePluginType<OtpSender>({ name: "other", manager: "apps/otp", methods });

test("getAll gives the same list until something changes", () => {
  const bench = new ServingBench(otp, plugins);
  bench.accept({ types, items: [sms, mail] });
  const list = bench.reads.getAll(otp);
  expect(list).toHaveLength(2);
  expect(bench.reads.getAll(otp)).toBe(list);
  bench.accept({ items: [{ ...mail, status: "disable" }] });
  expect(bench.reads.getAll(otp)).toHaveLength(1);
});

test("what was retired while it was disabled is not made, either, for whoever asks for disabled ones", () => {
  const bench = new ServingBench(otp, plugins);
  const disabled = { ...sms, status: "disable" } as const;
  bench.accept({ types, items: [disabled, { ...disabled, id: "item gone", retiredAt: sms.createdAt }] });
  expect(bench.reads.getById(otp, "item sms", true)).toMatchObject({ by: "sms" });
  expect(bench.reads.getById(otp, "item gone", true)).toBeUndefined();
});

test("a type that the database does not have has no items to explain", () => {
  const bench = new ServingBench(otp, other, plugins);
  bench.accept({ types, items: [sms] });
  expect(bench.reads.explain(other, [])).toEqual([]);
});

test("after the end nothing is answered, also of what never was there", () => {
  const bench = new ServingBench(otp);
  bench.serving.end();
  expect(() => bench.reads.item("item sms")).toThrow(ClosedError);
  expect(() => bench.reads.itemsOf(senderPlugin("sms"))).toThrow(ClosedError);
});

test("an item of a type that is not in the code says so", () => {
  const bench = new ServingBench(other);
  expect(() => bench.reads.typeOf(item("sms"))).toThrow(UnknownTypeError);
});

test("the change event names a type that is no longer there", () => {
  const bench = new ServingBench(otp, other);
  bench.accept({ types: [typeRow("otp"), typeRow("other")] });
  bench.accept({ purged: ["type other"] });
  expect(bench.heard).toEqual(["change of otp, other", "change of other"]);
});

test("what its calls had put aside is tried after the others, not before anything was", () => {
  const bench = new ServingBench(otp, plugins);
  bench.accept({ types, items: [sms, mail] });
  bench.fail("sms");
  expect(bench.reads.selectAside(otp, [], new Set())).toBeUndefined();
  expect(bench.reads.selectAside(otp, [], new Set(["item mail"]))?.name).toBe("sms");
});

test("a selector is not asked to choose from what is put aside where nothing is", () => {
  const asked: string[][] = [];
  const type = otp.withSelector(({ active }) => {
    asked.push(active.map(({ name }) => name));
    return active[0];
  });
  const bench = new ServingBench(type, plugins);
  bench.accept({ types, items: [sms, mail] });
  expect(bench.reads.selectAside(type, [], new Set(["item mail"]))).toBeUndefined();
  expect(asked).toEqual([]);
  bench.fail("sms");
  expect(bench.reads.selectAside(type, [], new Set(["item mail"]))?.name).toBe("sms");
  expect(asked).toEqual([["sms"]]);
});
