import { hashText } from "../definition/hash-text.ts";
import type { Plugin } from "../definition/plugin.ts";

/** Up to so many plugins are looked through one by one. */
const fewPlugins = 8;

/** The least number of places for one that is taken. */
const spread = 1.5;

/**
 * The plugins of a type, in the order in which they were added, and found by module and name. It is made for many types
 * with few plugins as well as for one with 100,000, where maps in maps would take several times the memory.
 */
export class PluginList {
  readonly #plugins: Plugin[] = [];
  /** At a place that follows from its names, the number of a plugin in the list, from 1; 0 where there is none. */
  #places: Uint16Array | Uint32Array | undefined;

  get(module: string, name: string): Plugin | undefined {
    const plugins = this.#plugins;
    const places = this.#places;
    if (places === undefined) {
      for (const plugin of plugins) if (plugin.name === name && plugin.module === module) return plugin;
      return undefined;
    }
    const { length } = places;
    for (let place = placeOf(module, name, length); ; place = place + 1 === length ? 0 : place + 1) {
      const number = places[place] as number;
      if (number === 0) return undefined;
      const plugin = plugins[number - 1] as Plugin;
      if (plugin.name === name && plugin.module === module) return plugin;
    }
  }

  add(plugin: Plugin): void {
    const count = this.#plugins.push(plugin);
    const places = this.#places;
    if (places === undefined && count <= fewPlugins) return;
    if (places === undefined || count * spread > places.length) this.#arrange();
    else this.#place(places, plugin, count);
  }

  /** Takes back the plugin that was added last. No other was placed after it, so none is looked for past its place. */
  removeLast(): void {
    const places = this.#places;
    const number = this.#plugins.length;
    const plugin = this.#plugins.pop();
    if (places === undefined || plugin === undefined) return;
    let place = placeOf(plugin.module, plugin.name, places.length);
    while (places[place] !== number) place = place + 1 === places.length ? 0 : place + 1;
    places[place] = 0;
  }

  [Symbol.iterator](): IterableIterator<Plugin> {
    return this.#plugins.values();
  }

  #arrange(): void {
    const length = Math.ceil(this.#plugins.length * spread * spread);
    const places = length < 0x1_0000 ? new Uint16Array(length) : new Uint32Array(length);
    for (const [index, plugin] of this.#plugins.entries()) this.#place(places, plugin, index + 1);
    this.#places = places;
  }

  #place(places: Uint16Array | Uint32Array, { module, name }: Plugin, number: number): void {
    const { length } = places;
    let place = placeOf(module, name, length);
    while (places[place] !== 0) place = place + 1 === length ? 0 : place + 1;
    places[place] = number;
  }
}

const placeOf = (module: string, name: string, length: number): number =>
  (hashText(module, hashText(name)) >>> 0) % length;
