import { type Candidates, definePlugin, SelectorError } from "plugbay";
import { describe, expect, test } from "vitest";
import { otp, senderPlugin } from "../definition/otp.ts";
import { collectWarnings } from "../runtime/collect-warnings.ts";
import { Workbench } from "../runtime/workbench.ts";

const broken = definePlugin(otp, {
  name: "broken",
  module: "apps/channels",
  create: () => {
    throw new Error("wrong key");
  },
});

const plugins = [
  senderPlugin("c", { priority: 3 }),
  senderPlugin("a", { priority: 1 }),
  senderPlugin("z", { status: "reserve", priority: -5 }),
  senderPlugin("y", { status: "reserve", priority: -6 }),
  senderPlugin("off", { status: "disable" }),
];

describe("a type's selector", () => {
  test("sees the ready candidates only, each list in selection order, frozen", async () => {
    collectWarnings();
    let seen: Candidates | undefined;
    const watched = otp.withSelector((candidates) => {
      seen = candidates;
      return candidates.active[0];
    });
    const plugbay = await (await Workbench.create()).open([watched, broken, plugins]);
    plugbay.get(watched);
    expect(seen?.active.map(({ name }) => name)).toEqual(["a", "c"]);
    expect(seen?.reserve.map(({ name }) => name)).toEqual(["y", "z"]);
    expect(seen?.active).toSatisfy(Object.isFrozen);
    expect(seen?.reserve).toSatisfy(Object.isFrozen);
  });

  test("decides anew at each call, by its arguments, for get, require, getClass, explain and run", async () => {
    class Dutch {
      readonly by = "dutch";
      async sendOtp(): Promise<string> {
        return "verzonden";
      }
    }
    const byName = otp.withSelector(({ active, reserve }, name: string) =>
      [...active, ...reserve].find((item) => item.name === name),
    );
    const dutch = definePlugin(otp, { name: "dutch", module: "apps/channels", class: Dutch });
    const plugbay = await (await Workbench.create()).open([byName, dutch, plugins]);

    expect(plugbay.get(byName, "c")?.by).toBe("c");
    expect(plugbay.get(byName, "a")?.by).toBe("a");
    expect(plugbay.get(byName, "off")).toBeUndefined();
    expect(plugbay.require(byName, "z").by).toBe("z");
    expect(() => plugbay.require(byName, "off")).toThrow(
      expect.objectContaining({ code: "NO_PLUGIN_AVAILABLE" }),
    );
    expect(plugbay.getClass(byName, "dutch")).toBe(Dutch);
    expect(plugbay.getClass(byName, "a")).toBeUndefined();
    const selected = plugbay.explain(byName, "c").filter(({ reason }) => reason === "selected");
    expect(selected.map(({ item }) => item.name)).toEqual(["c"]);
    expect(await plugbay.run(byName, (sender) => sender.by, { args: ["y"] })).toBe("y");
  });

  test("that throws, or returns a stranger, fails the call with a SelectorError and nothing else", async () => {
    const faulty = otp.withSelector(({ active }, fault: "throw" | "stranger" | "none") => {
      if (fault === "throw") throw new Error("no such country");
      return fault === "stranger" ? Object.assign({}, active[0]) : active[0];
    });
    const plugbay = await (await Workbench.create()).open([faulty, plugins]);
    for (const fault of ["throw", "stranger"] as const) {
      expect(() => plugbay.get(faulty, fault)).toThrow(SelectorError);
      expect(() => plugbay.require(faulty, fault)).toThrow(SelectorError);
      expect(() => plugbay.explain(faulty, fault)).toThrow(SelectorError);
      await expect(plugbay.run(faulty, () => 1, { args: [fault] })).rejects.toThrow(SelectorError);
    }
    expect(plugbay.get(faulty, "none")?.by).toBe("a");
    expect(plugbay.getAll(faulty)).toHaveLength(2);
  });

  test("is asked again by run, without those that failed, until it has none left", async () => {
    const offered: string[][] = [];
    const watched = otp.withSelector(({ active, reserve }) => {
      offered.push([...active, ...reserve].map(({ name }) => name));
      return active[0] ?? reserve[0];
    });
    const plugbay = await (await Workbench.create()).open([watched, plugins]);
    const run = plugbay.run(watched, (sender) => {
      if (sender.by !== "y") throw new Error("down");
      return sender.by;
    });
    expect(await run).toBe("y");
    expect(offered).toEqual([
      ["a", "c", "y", "z"],
      ["c", "y", "z"],
      ["y", "z"],
    ]);
  });
});
