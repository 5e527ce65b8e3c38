import { definePlugin } from "plugbay";
import { HttpGateway } from "./http-gateway.ts";
import { payment } from "./payment.ts";

export const north = definePlugin(payment, {
  name: "north",
  module: "apps/north",
  priority: 10,
  description: "Charges by North",
  create: () => new HttpGateway(process.env.NORTH_URL ?? ""),
});

export const south = definePlugin(payment, {
  name: "south",
  module: "apps/south",
  priority: 20,
  description: "Charges by South",
  create: () => new HttpGateway(process.env.SOUTH_URL ?? ""),
});
