import { isInUse } from "../control/diagnosis/item-troubles.ts";
import { knowledgeOf } from "../control/diagnosis/process-info.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Readiness } from "../selection/readiness.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import type { Emitter } from "../serving/events.ts";
import type { Serving } from "../serving/serving.ts";
import type { ProcessRow } from "../store/process-row.ts";
import type { Store } from "../store/store.ts";
import type { Clock } from "../time/clock.ts";

/** How often the processes are looked at. Each says every 15 seconds how it does. */
const lookMs = 5_000;

/** About when a process tries again what failed, from when it is seen. */
const retryMs = 15_000;

interface ReportsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly serving: Serving;
  readonly emitter: Emitter;
}

/**
 * How items do, as the application's processes report it: for one that makes no plugins itself, and shows the panel. An
 * item is ready where one of them has it ready, failed where all that have its plugin say so, and missing where none has.
 */
export class Reports {
  readonly #options: ReportsOptions;
  #processes: readonly ProcessRow[] = [];
  #told = "";
  #stop: (() => void) | undefined;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** Looks at the processes from now on. */
  start(): void {
    const { clock } = this.#options;
    const look = (): void => {
      // What the database says is told by following it.
      void this.#look().catch(() => undefined);
      this.#stop = clock.schedule(lookMs, look);
    };
    look();
  }

  stop(): void {
    this.#stop?.();
  }

  readiness(item: PluginItem): Readiness {
    const { serving, clock } = this.#options;
    const own = serving.instances.readiness(item);
    const isUnknown = own.kind === "idle" || own.kind === "missing";
    if (!isUnknown || !isInUse(item) || this.#processes.length === 0) return own;
    const aliases = serving.snapshot.types.get(item.typeId)?.row.aliases ?? [];
    const knowing = knowledgeOf(item, aliases, this.#processes).filter(({ knows }) => knows);
    if (knowing.length === 0) return { kind: "missing" };
    const [failure] = knowing.flatMap(({ failure: message }) => message ?? []);
    if (failure === undefined || knowing.some((one) => one.failure === undefined)) return { kind: "ready" };
    return { kind: "failed", error: new Error(failure), retryAt: clock.now() + retryMs };
  }

  /** The item that the processes serve a type by, for these arguments of its selector. @throws SelectorError */
  selected(type: AnyPluginType, args: readonly unknown[]): PluginItem | undefined {
    const items = this.#options.serving.snapshot.byIdentity.get(type.manager, type.name)?.items ?? [];
    const ready = items.filter((item) => isInUse(item) && this.readiness(item).kind === "ready");
    const candidates = {
      active: ready.filter(({ status }) => status === "active"),
      reserve: ready.filter(({ status }) => status === "reserve"),
    };
    return type.selector
      ? selectWith(type.selector, type, candidates, args as never)
      : selectDefault(candidates);
  }

  async #look(): Promise<void> {
    const { store, serving, emitter } = this.#options;
    const processes = await store.processes();
    const told = JSON.stringify(processes.map(({ id, plugins, failures }) => [id, plugins.length, failures]));
    this.#processes = processes;
    if (told === this.#told || serving.isClosed) return;
    this.#told = told;
    const { revision, types } = serving.snapshot;
    const all = [...types.values()].map(({ row: { manager, name } }) => ({ manager, name }));
    emitter.emit("change", { revision, types: all });
  }
}
