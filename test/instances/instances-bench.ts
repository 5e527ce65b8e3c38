import type { StandardSchemaV1 } from "@standard-schema/spec";
import { createRegistry, type Definitions, definePlugin, type Plugin, type PluginItem } from "plugbay";
import { onTestFinished, vi } from "vitest";
import { Instances } from "../../src/instances/instances.ts";
import type { Slot } from "../../src/instances/slot.ts";
import { KeyRing } from "../../src/secrets/key-ring.ts";
import { type OtpSender, otp, Sender } from "../definition/otp.ts";
import { Gate } from "../runtime/gate.ts";
import { ManualClock } from "../runtime/manual-clock.ts";

export const graceMs = 30_000;
export const prepareTimeoutMs = 5_000;
export const policy = { failures: 3, coolingMs: 100, maxCoolingMs: 400 };

/** A schema that takes any config. */
export const anyConfig = {
  "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) },
} as const;

/** A plugin of `otp` whose items have configs. */
export const configurable = (
  name: string,
  create: (config: unknown) => OtpSender | Promise<OtpSender>,
  dispose: (instance: OtpSender) => void = () => undefined,
  config: StandardSchemaV1 = anyConfig,
): Plugin =>
  definePlugin(otp, {
    ...{ name, module: "apps/channels", config, dispose },
    create: (context) => create(context.config),
  });

let version = 0;

/** An item of `otp` as a snapshot has it, an object of its own each time. */
export function itemOf(name: string, patch: Partial<PluginItem> = {}): PluginItem {
  version += 1;
  const time = "2030-01-01T00:00:00.000Z";
  return {
    ...{ id: `id-${name}`, type: { manager: otp.manager, name: otp.name }, typeId: "id-otp" },
    ...{ module: "apps/channels", name, label: "", status: "active", priority: 0, description: "" },
    ...{ config: null, configVersion: 0, managed: null, version, revision: version },
    ...{ retiredAt: null, retiredBy: null, createdAt: time, updatedAt: time },
    ...patch,
  } as PluginItem;
}

/** The instances of a process without a database, and what is told of them. */
export class InstancesBench {
  readonly clock = new ManualClock();
  readonly instances: Instances;
  /** The items that something was told of, as `name: kind`. */
  readonly told: string[] = [];

  constructor(...plugins: readonly Definitions[]) {
    this.instances = new Instances({
      registry: createRegistry([otp, ...plugins]),
      clock: this.clock,
      prepareTimeoutMs,
      keys: KeyRing.parse(""),
      graceMs,
      onReadiness: (item) => this.told.push(`${item.name}: ${this.instances.readiness(item).kind}`),
    });
  }

  /** Puts an item as it is now in the place of what it was. */
  put(name: string, patch: Partial<PluginItem> = {}): PluginItem {
    const item = itemOf(name, patch);
    this.instances.update([item], []);
    return item;
  }

  slot(item: PluginItem): Slot {
    const slot = this.instances.slotOf(item.id);
    if (slot === undefined) throw new Error(`"${item.name}" has no slot`);
    return slot;
  }

  /** Lets so many calls of an item fail. */
  fail(item: PluginItem, calls = 1, outcome: "retryable" | "unauthorized" = "retryable"): void {
    for (let call = 0; call < calls; call += 1) {
      const lease = this.instances.lease(item, "call");
      lease?.record(outcome, policy, new Error("it is down"));
      lease?.release();
    }
  }
}

/** Makes senders with a number, or fails. */
export class Maker {
  fails = false;
  count = 0;
  /** What the slow ones wait for. */
  gate = new Gate();

  readonly make = (name: string): Sender => {
    this.count += 1;
    if (this.fails) throw new Error(`${name} is wrong`);
    return new Sender(`${name} ${this.count}`);
  };

  readonly makeSlowly = async (name: string): Promise<Sender> => {
    await this.gate.passed;
    return this.make(name);
  };
}

export const isIll = { error: new Error("is ill"), retryAt: 0 };
export const by = (instance: object | undefined) => (instance as Sender | undefined)?.by;

/** What is answered of an item, all at once. */
export const answersOf = ({ instances }: InstancesBench, item: PluginItem) => ({
  isOffered: instances.isOffered(item),
  canServe: instances.canServe(item),
  kept: by(instances.kept(item)),
  usable: by(instances.usable(item)),
});

/** The answers of what nobody gets. */
export const nothing = { isOffered: false, canServe: false, kept: undefined, usable: undefined };

interface Warning {
  readonly type?: string;
  readonly detail?: string;
}

/** What plugbay warns of from here on, each with its detail; that is not printed. Warnings of others are none of it. */
export function collectReports(): string[] {
  const reports: string[] = [];
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((message, options?: unknown) => {
    const { type, detail } = (options ?? {}) as Warning;
    if (type === "PlugbayWarning") reports.push(`${message}\n${detail}`);
  });
  onTestFinished(() => spy.mockRestore());
  return reports;
}
