import { beforeEach, describe, expect, test } from "vitest";
import { otp, Sender, senderPlugin } from "../definition/otp.ts";
import { configurable } from "../instances/instances-bench.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { itemRow, typeRow } from "../selection/rows.ts";
import { ServingBench } from "./serving-bench.ts";

const types = [typeRow("otp")];
const hold = { reason: "maintenance", by: "alice", since: "2030-01-01T00:00:00.000Z" };

/** Its new config cannot be made ready, its calls fail, and its health checks fail. */
const names = ["former", "cooling", "unhealthy"] as const;
const row = (name: string) => itemRow("otp", name, { priority: names.indexOf(name as "former") });

describe("where nothing is ready", () => {
  let bench: ServingBench;
  beforeEach(() => {
    collectWarnings();
    const former = configurable("former", (config) => {
      if (config === "new") throw new Error("no such account");
      return new Sender("former");
    });
    bench = new ServingBench(otp, former, senderPlugin("cooling"), senderPlugin("unhealthy"));
    bench.accept({ types, items: [{ ...row("former"), config: "old" }, row("cooling"), row("unhealthy")] });
    bench.accept({ items: [{ ...row("former"), config: "new" }] });
    bench.fail("cooling");
    const { instances } = bench.serving;
    const slot = instances.slotOf(row("unhealthy").id);
    if (slot) instances.diagnose(slot, { error: new Error("no route to host"), retryAt: 0 });
  });

  const serving = () => {
    const { active, reserve } = bench.serving.offers.candidates(otp);
    const nameOf = ({ name }: { readonly name: string }) => name;
    return { active: active.map(nameOf), reserve: reserve.map(nameOf) };
  };

  test("what fails its checks alone serves, then what its calls put aside, then what has a former config", () => {
    expect(serving()).toEqual({ active: ["unhealthy"], reserve: [] });
    expect(bench.serving.offers.isLastResort(otp)).toBe(true);
    bench.accept({ items: [{ ...row("unhealthy"), hold }] });
    expect(serving()).toEqual({ active: ["cooling"], reserve: [] });
    bench.accept({ items: [{ ...row("cooling"), hold }] });
    expect(serving()).toEqual({ active: ["former"], reserve: [] });
    bench.accept({ items: [{ ...row("former"), config: "new", hold }] });
    expect(serving()).toEqual({ active: [], reserve: [] });
  });

  test("a reserve serves as one, and what is disabled does not", () => {
    bench.accept({
      items: [
        { ...row("unhealthy"), status: "disable" },
        { ...row("cooling"), status: "reserve" },
      ],
    });
    expect(serving()).toEqual({ active: [], reserve: ["cooling"] });
    bench.accept({ items: [{ ...row("cooling"), status: "disable" }] });
    expect(serving()).toEqual({ active: ["former"], reserve: [] });
  });

  test("a call tries at last what its calls put aside, but nothing that is held or disabled", () => {
    const open = () => bench.serving.offers.circuitsOpen(otp).active.map(({ name }) => name);
    expect(open()).toEqual(["cooling"]);
    bench.accept({ items: [{ ...row("cooling"), status: "disable" }] });
    expect(open()).toEqual([]);
    bench.accept({ items: [{ ...row("cooling"), hold }] });
    expect(open()).toEqual([]);
  });
});

test("one that is ready is no last resort", () => {
  const bench = new ServingBench(otp, senderPlugin("sms"));
  bench.accept({ types, items: [itemRow("otp", "sms")] });
  expect(bench.serving.offers.isLastResort(otp)).toBe(false);
});
