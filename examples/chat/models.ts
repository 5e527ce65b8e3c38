import { definePlugin } from "plugbay";
import { HttpModel } from "./http-model.ts";
import { model } from "./model.ts";

export const large = definePlugin(model, {
  name: "large",
  module: "apps/models",
  priority: 10,
  description: "The large model",
  create: () => new HttpModel(process.env.LARGE_URL ?? ""),
});

export const small = definePlugin(model, {
  name: "small",
  module: "apps/models",
  priority: 20,
  description: "The small model",
  create: () => new HttpModel(process.env.SMALL_URL ?? ""),
});
