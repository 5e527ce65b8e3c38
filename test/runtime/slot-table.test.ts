import fc from "fast-check";
import { expect, test } from "vitest";
import type { PluginItem } from "../../src/definition/plugin-item.ts";
import { Slot } from "../../src/instances/slot.ts";
import { SlotTable } from "../../src/instances/slot-table.ts";
import { senderPlugin } from "../definition/otp.ts";

const plugin = senderPlugin("sms");
// The table reads nothing of an item but its id.
const slotOf = (id: string): Slot => new Slot(plugin, { id } as PluginItem, undefined);

/** Ids that differ at their ends, as those of items do, and some that meet in one place. */
const ids = fc.integer({ min: 0, max: 400 }).map((number) => `item-${number.toString(36)}`);

test("a table of slots is a map from the ids of their items to them", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), ids), { maxLength: 900, size: "max" }), (steps) => {
      const table = new SlotTable();
      const model = new Map<string, Slot>();
      for (const [isPut, id] of steps) {
        if (isPut) {
          const slot = slotOf(id);
          table.set(slot);
          model.set(id, slot);
        } else {
          table.delete(id);
          model.delete(id);
        }
        expect(table.get(id)).toBe(model.get(id));
      }
      for (const [id, slot] of model) {
        expect(table.get(id)).toBe(slot);
        expect(table.having(slot.item)).toBe(slot);
        expect(table.having({ ...slot.item })).toBeUndefined();
      }
      expect(new Set(table.values())).toEqual(new Set(model.values()));
    }),
    { numRuns: 20 },
  );
});
