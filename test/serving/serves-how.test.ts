import type { Candidates, PluginItem } from "plugbay";
import { expect, test } from "vitest";
import { servedHow } from "../../src/serving/serves-how.ts";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "./serving-bench.ts";

const types = [typeRow("otp")];
const by = { by: "alice", since: "2030-01-01T00:00:00.000Z", reason: "maintenance" };
const items = [itemRow("otp", "sms"), itemRow("otp", "mail", { priority: 1 })];
const plugins = [senderPlugin("sms"), senderPlugin("mail")];

type Select = (candidates: Candidates) => PluginItem | undefined;

/** What serves a type with this selector, and how. */
function served(select: Select, rows = items) {
  const type = otp.withSelector(select);
  const bench = new ServingBench(type, plugins);
  bench.accept({ types, items: rows });
  const found = servedHow(type, bench.serving.offers);
  return found && `${found.how}: ${found.item?.name ?? "nothing"}`;
}

test("a selector whose argument has a default is asked without any", () => {
  expect(served(({ active }, name = "mail") => active.find((one) => one.name === name))).toBe(
    "first-choice: mail",
  );
});

test("where all are well, what a selector chose is the first choice, whatever it would choose next", () => {
  let turn = 0;
  expect(
    served(({ active }) => {
      turn += 1;
      return active[turn % active.length];
    }),
  ).toBe("first-choice: mail");
});

test("nothing serves where all are held, also where the selector takes it that there is one", () => {
  const cheapest: Select = ({ active }) =>
    active.reduce((one, other) => (one.priority < other.priority ? one : other));
  expect(served(cheapest)).toBe("first-choice: sms");
  const held = items.map((row) => ({ ...row, hold: by }));
  expect(served(cheapest, held)).toBe("none: nothing");
});

test("nothing is said where the selector throws, or chooses none, though there are some", () => {
  expect(
    served(() => {
      throw new Error("no choice");
    }),
  ).toBeUndefined();
  expect(served(() => undefined)).toBeUndefined();
});
