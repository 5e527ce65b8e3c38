import { definePluginType } from "plugbay";
import { expect, test } from "vitest";
import type { CallCounter } from "../../src/calling/call-counter.ts";
import { Calls } from "../../src/calling/calls.ts";
import type { SeenItem } from "../../src/instances/slot-circuits.ts";
import { type OtpSender, otp, senderPlugin } from "../definition/otp.ts";
import { itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "../serving/serving-bench.ts";

const methods = { sendOtp: "required" } as const;
const push = definePluginType<OtpSender>({ name: "push", manager: "apps/otp", methods });

/** Two senders, and calls of them. */
function begin(counter?: CallCounter) {
  const bench = new ServingBench(otp, push, senderPlugin("sms"), senderPlugin("mail"));
  bench.accept({
    types: [typeRow("otp"), typeRow("push")],
    items: [itemRow("otp", "sms"), itemRow("otp", "mail", { priority: 1 })],
  });
  const { clock, emitter, reads, serving } = bench;
  const { instances } = serving;
  return { bench, calls: new Calls({ clock, namespace: "default", reads, instances, emitter, counter }) };
}

test("a call asks for the right to try what another process has it of, and calls of other types do not", async () => {
  const { bench, calls } = begin();
  const { circuits } = bench.serving.instances;
  const wanted: string[] = [];
  circuits.fleet = {
    ...circuits.fleet,
    wanted: ({ item }) => void wanted.push(item.name),
  };
  const elsewhere: SeenItem = {
    phase: { kind: "half-open", leftMs: 0, coolingMs: 100, isOurs: false, claimableMs: 0 },
    ...{ isUnauthorized: false, exhaustedMs: undefined, failures: undefined },
  };
  const slot = bench.serving.instances.slotOf("item sms");
  if (slot) circuits.adopt(slot, elsewhere);
  await calls.run(push, () => 1).catch(() => undefined);
  expect(wanted).toEqual([]);
  expect(await calls.run(otp, (_, { item }) => item.name)).toBe("mail");
  expect(wanted).toEqual(["sms"]);
});

test("an item whose call another one answered was rescued, and one that answered in the end was not", async () => {
  const rescued: string[] = [];
  const { bench, calls } = begin({
    attempted: () => undefined,
    rescued: ({ name }) => void rescued.push(name),
  });
  const answerAt = async (attempt: number) => {
    const task = (
      _: object,
      context: { readonly attempt: number; readonly item: { readonly name: string } },
    ) => {
      if (context.attempt < attempt) throw new Error("busy");
      return context.item.name;
    };
    const run = calls.run(otp, task, { attemptsPerItem: 2 });
    await bench.clock.advance(1_000);
    return run;
  };
  expect([await answerAt(2), rescued]).toEqual(["sms", []]);
  expect([await answerAt(3), rescued]).toEqual(["mail", ["sms", "sms"]]);
});
