import fc from "fast-check";
import { expect, test } from "vitest";
import { PluginList } from "../../src/registry/plugin-list.ts";
import { senderPlugin } from "../definition/otp.ts";

const pair = fc.tuple(fc.constantFrom("a", "ab", "b"), fc.integer({ min: 0, max: 60 }).map(String));

test("a list of plugins has those that were added and not taken back, in order, and finds them by their names", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof({ weight: 4, arbitrary: pair }, fc.constant("remove" as const))),
      (steps) => {
        const list = new PluginList();
        const plain: ReturnType<typeof senderPlugin>[] = [];
        for (const step of steps) {
          if (step === "remove") {
            list.removeLast();
            plain.pop();
          } else if (list.get(...step) === undefined) {
            const [module, name] = step;
            const plugin = senderPlugin(name, { module });
            list.add(plugin);
            plain.push(plugin);
          }
          expect([...list]).toEqual(plain);
          for (const plugin of plain) expect(list.get(plugin.module, plugin.name)).toBe(plugin);
          if (step !== "remove") expect(list.get(...step)).toBeDefined();
          expect(list.get("a", "none")).toBeUndefined();
        }
      },
    ),
  );
});
