import { setTimeout as pause } from "node:timers/promises";
import { definePlugin, definePluginType } from "plugbay";

export interface Courier {
  deliver(parcel: string): Promise<string>;
}

export const couriers = definePluginType<Courier>({
  name: "courier",
  manager: "apps/shop",
  description: "Who brings parcels",
  methods: { deliver: "required" },
  policy: { idempotent: true, timeoutMs: 1_000, circuit: { coolingMs: 10_000, maxCoolingMs: 10_000 } },
});

const began = Date.now();

/** For the second half of each two minutes; at once where STORM is set. */
const isStorming = (): boolean => process.env.STORM !== undefined || (Date.now() - began) % 120_000 >= 60_000;

export const drone = definePlugin(couriers, {
  name: "drone",
  module: "apps/couriers",
  priority: 1,
  create: () => ({
    deliver: async (parcel) => {
      await pause(5 + Math.random() * 40);
      if (isStorming()) throw Object.assign(new Error("no drone flies in a storm"), { code: "ECONNREFUSED" });
      return `${parcel} by air`;
    },
  }),
});

export const van = definePlugin(couriers, {
  name: "van",
  module: "apps/couriers",
  priority: 2,
  create: () => ({
    deliver: async (parcel) => {
      await pause(100 + Math.random() * 400);
      return `${parcel} by road`;
    },
  }),
});
