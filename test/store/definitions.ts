import {
  definePlugin,
  definePluginType,
  type Plugin,
  type PluginOptions,
  type PluginType,
  type PluginTypeOptions,
} from "plugbay";

/** What the plugins of the tests do: say who they are. */
export interface Greeter {
  greet(): string;
}

type TypeDetails = Partial<
  Pick<PluginTypeOptions<Greeter>, "manager" | "description" | "aliases" | "policy">
>;

export function greeterType(name: string, details: TypeDetails = {}): PluginType<Greeter> {
  return definePluginType<Greeter>({
    name,
    manager: "apps/greeting",
    methods: { greet: "required" },
    ...details,
  });
}

type PluginDetails = Partial<
  Pick<
    PluginOptions<Greeter, undefined>,
    "module" | "priority" | "status" | "description" | "aliases" | "check"
  >
>;

/** A plugin whose greeting is its name. */
export function greeter(type: PluginType<Greeter>, name: string, details: PluginDetails = {}): Plugin {
  return definePlugin(type, {
    name,
    module: "apps/greeters",
    create: () => ({ greet: () => name }),
    ...details,
  });
}

export const greeting = greeterType("greeting");
export const alice = greeter(greeting, "alice", { priority: 1, check: () => "at home" });
export const bob = greeter(greeting, "bob", { priority: 2 });
export const carol = greeter(greeting, "carol", { priority: 3 });
