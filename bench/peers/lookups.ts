import "reflect-metadata";
import { asClass, createContainer } from "awilix";
import { openPlugbay, type PluginType } from "plugbay";
import { sqlite } from "plugbay/sqlite";
import { container as tsyringe } from "tsyringe";
import { type Echo, makeDefinitions } from "../definitions.ts";
import { median } from "../report.ts";
import { type Size, sizes } from "./starts.ts";

const lookupsARound = 200_000;
const rounds = 15;

export type Lookup = "Map.get" | "plugbay.get" | "awilix" | "tsyringe";

class EchoPlugin implements Echo {
  echo(text: string): string {
    return text;
  }
}

/** Nanoseconds of a look-up of a ready object by one of `items / 10` names, in turns in one process: the medians. */
export async function measureLookups(): Promise<Map<Lookup, Map<Size, number>>> {
  const figures = new Map<Lookup, Map<Size, number>>();
  for (const size of sizes) {
    const { types, all } = makeDefinitions(size / 10, size);
    const plugbay = await openPlugbay({ database: sqlite(":memory:"), plugins: all, pollIntervalMs: false });
    const order = Array.from({ length: lookupsARound }, (_, call) => (call * 7_919) % types.length);
    const asked = order.map((index) => types[index] as PluginType<Echo>);
    const map = new Map(types.map((type) => [type, plugbay.require(type)]));
    const names = order.map((index) => `type-${index}`);
    const awilix = createContainer<Record<string, Echo>>();
    const child = tsyringe.createChildContainer();
    for (const { name } of types) {
      awilix.register(name, asClass(EchoPlugin).singleton());
      child.registerSingleton(name, EchoPlugin);
    }
    const rivals: Record<Lookup, () => number> = {
      "Map.get": () => found(asked, (type) => map.get(type)),
      "plugbay.get": () => found(asked, (type) => plugbay.get(type)),
      awilix: () => found(names, (name) => awilix.resolve(name)),
      tsyringe: () => found(names, (name) => child.resolve(name)),
    };
    const samples = new Map<string, number[]>();
    for (let round = 0; round < rounds; round += 1) {
      for (const [name, look] of Object.entries(rivals)) {
        const taken = samples.get(name) ?? [];
        samples.set(name, taken);
        const begun = performance.now();
        if (look() !== lookupsARound) throw new Error(`${name} did not find all`);
        taken.push(((performance.now() - begun) * 1e6) / lookupsARound);
      }
    }
    for (const name of Object.keys(rivals) as Lookup[]) {
      const ofName = figures.get(name) ?? new Map<Size, number>();
      figures.set(name, ofName.set(size, median(samples.get(name) ?? [])));
    }
    await plugbay.close();
  }
  return figures;
}

/** For how many of the keys something was found. */
function found<Key>(keys: readonly Key[], look: (key: Key) => Echo | undefined): number {
  let count = 0;
  for (const key of keys) if (look(key) !== undefined) count += 1;
  return count;
}
