import {
  createRegistry,
  definePlugin,
  definePluginType,
  type OpenOptions,
  type Plugbay,
  type Plugin,
  type PluginType,
  type Registry,
  type SyncMode,
} from "plugbay";
import { ManualClock } from "../runtime/manual-clock.ts";
import type { Greeter } from "../store/definitions.ts";
import type { TestDatabase } from "../store/test-database.ts";
import type { Build, DeclaredPlugin, DeclaredType } from "./model.ts";

const pollIntervalMs = 1e9;

export interface Process {
  readonly plugbay: Plugbay;
  readonly registry: Registry;
  readonly types: Map<DeclaredType, PluginType<Greeter>>;
  /** How it brings the rows in line with what is registered, at the start and later. */
  readonly sync: SyncMode | false;
  readonly clock: ManualClock;
  build: Build;
}

/** @param offMs what its clock says more than at the beginning of 2030 */
export async function openProcess(
  home: TestDatabase,
  place: Pick<OpenOptions, "namespace" | "database">,
  offMs: number,
  build: Build,
  sync: SyncMode | false,
): Promise<Process> {
  const types = new Map(build.map((declared) => [declared, typeOf(declared)]));
  const plugins = [...types].flatMap(([{ plugins }, token]) =>
    plugins.map((plugin) => pluginOf(token, plugin)),
  );
  const registry = createRegistry([...types.values(), plugins]);
  const clock = new ManualClock();
  clock.step(offMs);
  // It looks when it is told to, and for what was edited by hand.
  const plugbay = await home.open(registry, {
    ...place,
    sync,
    clock,
    pollIntervalMs,
    push: false,
    heartbeatMs: false,
  });
  return { plugbay, registry, types, sync, build, clock };
}

const aliasesOf = (formerName: string | undefined) => (formerName === undefined ? [] : [formerName]);

function typeOf({ manager, name, formerName, description }: DeclaredType): PluginType<Greeter> {
  return definePluginType<Greeter>({
    manager,
    name,
    description,
    methods: { greet: "required" },
    aliases: aliasesOf(formerName),
  });
}

export function pluginOf(type: PluginType<Greeter>, { formerName, ...plugin }: DeclaredPlugin): Plugin {
  return definePlugin(type, {
    ...plugin,
    aliases: aliasesOf(formerName),
    create: () => ({ greet: () => `${plugin.module} ${plugin.name}` }),
  });
}

export const clash = (one: DeclaredPlugin, other: DeclaredPlugin): boolean =>
  one.module === other.module &&
  [one.name, one.formerName].some((name) => name === other.name || name === other.formerName);
