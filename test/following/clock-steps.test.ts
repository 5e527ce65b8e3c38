import { describe, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { itemOf, Workbench } from "../runtime/workbench.ts";

const plugins = [otp, senderPlugin("sms")];
const hour = 3_600_000;

describe("when the time of day is set", () => {
  test.each([-hour, hour])("by %d ms, a snapshot is as old as it was", async (step) => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins);
    await bench.clock.advance(2_000);
    bench.clock.step(step);
    expect(plugbay.state).toMatchObject({ ageMs: 2_000 });
  });

  test.each([-hour, hour])("by %d ms, what was changed is followed as ever", async (step) => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins);
    await bench.edit(itemOf(plugbay.items(otp), "sms"), { status: "disable" });
    bench.clock.step(step);

    await plugbay.refreshIfOlderThan(1_000);
    expect(plugbay.get(otp)).toBeDefined();
    await bench.clock.advance(1_000);
    await plugbay.refreshIfOlderThan(1_000);
    expect(plugbay.get(otp)).toBeUndefined();
  });

  test("the history has the times of the clock that was handed in", async () => {
    const bench = await Workbench.create();
    const plugbay = await bench.open(plugins);
    bench.clock.step(-hour);
    const { id } = itemOf(plugbay.items(otp), "sms");
    await plugbay.control.updateItem(id, { status: "disable" }, { actor: "alice" });
    await plugbay.control.retire([id], { actor: "alice" });
    const [retired, updated] = await plugbay.control.history();
    const now = new Date(bench.clock.now()).toISOString();
    expect([retired?.at, updated?.at]).toEqual([now, now]);
    expect(plugbay.explain(otp)[0]?.item.retiredAt).toBe(now);
  });
});
