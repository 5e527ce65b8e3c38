import { definePluginType } from "plugbay";

export interface Greeting {
  greet(name: string): string;
}

export const greeting = definePluginType<Greeting>({
  name: "greeting",
  manager: "app",
  description: "How visitors are greeted",
  methods: { greet: "required" },
});
