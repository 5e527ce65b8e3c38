import { createRegistry, type Definitions, type PluginItem } from "plugbay";
import { KeyRing } from "../../src/secrets/key-ring.ts";
import { Emitter } from "../../src/serving/events.ts";
import { Reads } from "../../src/serving/reads.ts";
import { Serving } from "../../src/serving/serving.ts";
import type { Rows } from "../../src/store/rows.ts";
import { ManualClock } from "../runtime/manual-clock.ts";
import { rows } from "../selection/rows.ts";

/** What a process serves by rows that a test hands it, without a database. */
export class ServingBench {
  readonly clock = new ManualClock();
  readonly emitter = new Emitter();
  readonly serving: Serving;
  readonly reads: Reads;
  /** What was told, as `sms failed` and `change of otp`. */
  readonly heard: string[] = [];
  #revision = 0;

  constructor(...plugins: readonly Definitions[]) {
    const { clock, emitter } = this;
    const registry = createRegistry([...plugins]);
    this.serving = new Serving({
      ...{ registry, clock, emitter },
      ...{ keys: KeyRing.parse(""), prepareTimeoutMs: 5_000, graceMs: 30_000 },
    });
    this.reads = new Reads(registry, this.serving);
    emitter.on("readiness", ({ item, readiness }) => void this.heard.push(`${item.name} ${readiness.kind}`));
    emitter.on("change", ({ types }) => {
      this.heard.push(`change of ${types.map(({ name }) => name).join(", ")}`);
    });
  }

  /** Takes over rows that changed. */
  accept(parts: Partial<Rows>): void {
    this.#revision += 1;
    this.serving.accept(rows(this.#revision, parts), false);
  }

  /** The item of that name, as it is now. */
  item(name: string): PluginItem {
    const item = this.serving.snapshot.item(`item ${name}`);
    if (item === undefined) throw new Error(`there is no item called "${name}"`);
    return item;
  }

  /** Lets so many calls of an item fail as those of a provider that is down. */
  fail(name: string, calls = 3): void {
    const item = this.item(name);
    const policy = { failures: 3, coolingMs: 30_000, maxCoolingMs: 300_000 };
    for (let call = 0; call < calls; call += 1) {
      const lease = this.serving.instances.lease(item, "call");
      lease?.record("retryable", policy, new Error("it is down"));
      lease?.release();
    }
  }
}
