import { definePlugin } from "plugbay";
import { greeting } from "./greeting";

export const english = definePlugin(greeting, {
  name: "english",
  module: "app",
  priority: 10,
  create: () => ({ greet: (name) => `Hello, ${name}!` }),
});

export const dutch = definePlugin(greeting, {
  name: "dutch",
  module: "app",
  priority: 20,
  create: () => ({ greet: (name) => `Dag, ${name}!` }),
});
