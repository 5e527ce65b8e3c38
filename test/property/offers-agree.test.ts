import fc from "fast-check";
import type { PluginItem } from "plugbay";
import { expect, test } from "vitest";
import { nextOffer, noOffer } from "../../src/selection/offer.ts";
import { compareInUse } from "../../src/selection/order.ts";
import { item } from "../selection/rows.ts";

const change = fc.record({
  name: fc.integer({ min: 0, max: 20 }).map(String),
  status: fc.constantFrom("active" as const, "reserve" as const, "disable" as const),
  priority: fc.integer({ min: 0, max: 3 }),
  retiredBy: fc.constantFrom(null, "sync" as const, "operator" as const),
  isReady: fc.boolean(),
  isGone: fc.boolean(),
});
const steps = fc.array(fc.uniqueArray(change, { selector: ({ name }) => name, maxLength: 12 }), {
  maxLength: 12,
});

test("an offer that changed step by step is the one that all items make, and those before stay as they were", () => {
  fc.assert(
    fc.property(steps, (list) => {
      const items = new Map<string, PluginItem>();
      const ready = new Set<string>();
      const instances = new Map<PluginItem, object>();
      const instanceOf = (one: PluginItem) => instances.get(one);
      const isReady = ({ name }: PluginItem) => ready.has(name);
      // This code has the plugins that a sync of other code retired.
      const isRetired = ({ retiredBy }: PluginItem) => retiredBy === "operator";
      let offer = noOffer;
      for (const changes of list) {
        const [before, copy] = [offer, structuredClone(offer)];
        const former = changes.flatMap(({ name }) => items.get(name) ?? []);
        for (const { name, isReady: isReadyNow, isGone, retiredBy, ...patch } of changes) {
          const retiredAt = retiredBy === null ? null : "2030-01-01T00:00:00.000Z";
          if (isGone) items.delete(name);
          else items.set(name, item(name, { ...patch, retiredBy, retiredAt }));
          if (isReadyNow) ready.add(name);
          else ready.delete(name);
        }
        // Every third name is that of a transient plugin.
        for (const one of items.values())
          if (Number(one.name) % 3 > 0 && !instances.has(one)) instances.set(one, { of: one.name });
        const present = changes.flatMap(({ name }) => items.get(name) ?? []);
        offer = nextOffer(before, former, present, { isRetired, isReady, instanceOf });

        const inUse = [...items.values()].filter((one) => !isRetired(one)).sort(compareInUse);
        const wanted = (status: string) => inUse.filter((one) => one.status === status && isReady(one));
        expect(offer).toEqual({
          inUse,
          candidates: { active: wanted("active"), reserve: wanted("reserve") },
          instances: offer.candidates.active.map(instanceOf),
        });
        expect(before).toEqual(copy);
        for (const frozen of [offer.inUse, offer.candidates.active, offer.candidates.reserve]) {
          expect(frozen).toSatisfy(Object.isFrozen);
        }
      }
    }),
  );
});
