import type { Lease, Plugbay, PluginItem } from "plugbay";
import { expect } from "vitest";
import { type OtpSender, otp } from "../definition/otp.ts";
import { settle } from "../runtime/manual-clock.ts";
import { Workbench } from "../runtime/workbench.ts";
import type { InstanceAction } from "./instance-actions.ts";
import { type Made, MadeInstances, type MakingConfig } from "./made-instances.ts";

const by = { actor: "operator" };

/** One plugbay whose items are changed and used in all ways at once, and what it has promised about them. */
export class InstanceSystem {
  readonly #bench: Workbench;
  readonly #plugbay: Plugbay;
  readonly #made: MadeInstances;
  readonly #leases: Lease<OtpSender>[] = [];
  readonly #configs: MakingConfig[] = [];
  readonly #kinds = new Map<string, string>();
  readonly #told = new Map<string, string>();
  #hasChanged = false;
  #isRegistered = false;

  private constructor(bench: Workbench, plugbay: Plugbay, made: MadeInstances) {
    this.#bench = bench;
    this.#plugbay = plugbay;
    this.#made = made;
    plugbay.on("change", () => {
      this.#hasChanged = true;
    });
    plugbay.on("readiness", ({ item, readiness }) => {
      this.#told.set(item.id, readiness.kind);
      const { kind } = plugbay.readiness(item);
      if (kind !== readiness.kind)
        made.problems.push(`told ${readiness.kind} of ${item.name}, which is ${kind}`);
      if (!this.#items.includes(item)) made.problems.push(`told of ${item.name} as it was before`);
    });
  }

  static async open(graceMs: number): Promise<InstanceSystem> {
    const bench = await Workbench.create();
    const made = new MadeInstances(bench.clock, graceMs);
    const plugins = ["a", "b", "c"].map((name, priority) => made.plugin(name, priority));
    const plugbay = await bench.open([otp, ...plugins], { graceMs, healthChecks: { intervalMs: 7_000 } });
    return new InstanceSystem(bench, plugbay, made);
  }

  async do(action: InstanceAction): Promise<void> {
    this.#hasChanged = false;
    this.#told.clear();
    await this.#act(action);
    await settle();
    this.#agrees();
  }

  /** Closes it, and lets everything come to its end. */
  async close(): Promise<void> {
    const { clock } = this.#bench;
    this.#made.isClosing = true;
    const closed = this.#plugbay.close();
    await clock.advance(5_000);
    await closed;
    expect(clock.pending).toBe(0);
    const open = this.#made.all.filter(({ disposals }) => disposals === 0);
    expect(open.map(({ by }) => by)).toEqual([]);
    while (this.#made.gates.length > 0) {
      this.#made.gates.shift()?.open();
      await settle();
      expect(clock.pending).toBe(0);
    }
    for (const lease of this.#leases) lease.release();
    await settle();
    expect(clock.pending).toBe(0);
    expect(this.#made.problems).toEqual([]);
    expect(this.#made.all.filter(({ disposals }) => disposals !== 1)).toEqual([]);
  }

  get #items(): PluginItem[] {
    return this.#plugbay.explain(otp).map(({ item }) => item);
  }

  #item(number: number): PluginItem {
    const items = this.#items.toSorted((one, other) => (one.name < other.name ? -1 : 1));
    return items[number % items.length] as PluginItem;
  }

  async #act(action: InstanceAction): Promise<void> {
    const { control } = this.#plugbay;
    switch (action.kind) {
      case "configure": {
        const { making, endsSlowly } = action;
        const config = { number: this.#configs.length + 1, making, endsSlowly };
        this.#configs.push(config);
        return this.#change(this.#item(action.item), { config }, action.isByOther);
      }
      case "go back": {
        const config = this.#configs[action.config];
        return config && this.#change(this.#item(action.item), { config }, false);
      }
      case "status":
        return this.#change(this.#item(action.item), { status: action.status }, action.isByOther);
      case "priority":
        return this.#change(this.#item(action.item), { priority: action.priority }, false);
      case "retire":
        return void control.retire([this.#item(action.item).id], by);
      case "restore":
        return void control.restore([this.#item(action.item).id], by);
      case "get by id": {
        const made = this.#plugbay.getById(otp, this.#item(action.item).id, { includeDisabled: true });
        if (made) this.#made.given(made, "getById");
        return;
      }
      case "fall ill":
        return void this.#made.ill.add(this.#item(action.item).id);
      case "recover":
        return this.#made.ill.clear();
      case "pass": {
        const { gates } = this.#made;
        return gates.splice(action.gate % Math.max(1, gates.length), 1)[0]?.open();
      }
      case "lease":
        return this.#lease();
      case "release": {
        const [lease] = this.#leases.splice(action.lease % Math.max(1, this.#leases.length), 1);
        if (lease) this.#made.endUse(lease.instance as Made, "a lease");
        return lease?.release();
      }
      case "run":
        return this.#run(action);
      case "wait":
        return this.#bench.clock.advance(action.ms);
      case "register":
        if (!this.#isRegistered) this.#plugbay.registry.register(this.#made.plugin("late", 3));
        this.#isRegistered = true;
    }
  }

  /** Who writes waits for what it changed; the other actions go on meanwhile. */
  async #change(
    item: PluginItem,
    patch: { config?: MakingConfig; status?: PluginItem["status"]; priority?: number },
    isByOther: boolean,
  ): Promise<void> {
    if (isByOther) {
      await this.#bench.edit(item, patch as never);
      await this.#plugbay.refreshIfOlderThan(0);
    } else void this.#plugbay.control.updateItem(item.id, patch as never, by);
  }

  #lease(): void {
    const lease = this.#plugbay.lease(otp);
    if (lease === undefined) return;
    this.#made.beginUse(lease.instance, "a lease");
    this.#leases.push(lease);
  }

  #run({ fails, isSlow, timeoutMs }: InstanceAction & { kind: "run" }): void {
    const task = async (instance: OtpSender) => {
      const made = this.#made.beginUse(instance, "a run");
      if (isSlow) await this.#made.held();
      this.#made.endUse(made, "a run");
      if (fails) throw new Error("the task fails");
    };
    this.#plugbay.run(otp, task, { timeoutMs }).catch(() => undefined);
  }

  #agrees(): void {
    for (const { item, readiness } of this.#plugbay.explain(otp)) {
      this.#expectOf(item, readiness.kind);
      const before = this.#kinds.get(item.id);
      this.#kinds.set(item.id, readiness.kind);
      if (this.#hasChanged || before === undefined || before === readiness.kind) continue;
      expect(this.#told.get(item.id), `what was told of ${item.name}, which was ${before}`).toBe(
        readiness.kind,
      );
    }
    this.#expectSelected();
    for (const made of this.#plugbay.getAll(otp)) this.#made.given(made, "getAll");
    expect(this.#made.problems).toEqual([]);
  }

  /** What `getById` gives was made for the present config, or for the one before while that is not ready. */
  #expectOf(item: PluginItem, kind: string): void {
    const instance = this.#plugbay.getById(otp, item.id);
    const isWanted = item.status !== "disable" && item.retiredAt === null;
    expect(instance !== undefined, `${item.name} is ${kind}`).toBe(
      isWanted && (kind === "ready" || kind === "cooling"),
    );
    if (instance === undefined) return;
    const made = this.#made.given(instance, "getById");
    const number = (item.config as MakingConfig | null)?.number ?? 0;
    const attempt = this.#made.attempts.get(item.id);
    expect(made.itemIds).toContain(item.id);
    if (attempt?.number !== number) expect(made.madeFor).toContain(`${item.id} ${number}`);
    else if (attempt.outcome !== "pending") expect(made).toBe(attempt.outcome);
  }

  #expectSelected(): void {
    const instance = this.#plugbay.get(otp);
    const items = this.#plugbay.items(otp).filter(({ status }) => status !== "disable");
    const first = items.find((item) => this.#plugbay.readiness(item).kind === "ready");
    if (first) expect(instance).toBe(this.#plugbay.getById(otp, first.id));
    if (instance === undefined) return;
    const made = this.#made.given(instance, "get");
    expect(items.some(({ id }) => made.itemIds.has(id))).toBe(true);
  }
}
