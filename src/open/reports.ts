import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Readiness } from "../selection/readiness.ts";
import { isInUse } from "../selection/retirement.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import type { Emitter } from "../serving/events.ts";
import type { Serving } from "../serving/serving.ts";
import { hasPlugin, type KnownPlugins, knownPlugins } from "../store/known-plugins.ts";
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

/** Processes whose code has the same plugins. There are few such groups, and many items to be asked about. */
interface SameCode {
  readonly known: KnownPlugins;
  readonly processes: number;
}

/** In how many processes an item fails, and what the first of them says. */
interface Failure {
  readonly message: string;
  readonly processes: number;
}

/**
 * How items do, as the application's processes report it: for one that makes no plugins itself, and shows the panel. An
 * item is ready where one of them has it ready, failed where all that have its plugin say so, and missing where none has.
 */
export class Reports {
  readonly #options: ReportsOptions;
  #fleet: readonly SameCode[] = [];
  #failures: ReadonlyMap<string, Failure> = new Map();
  #seen: readonly ProcessRow[] | undefined;
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
    if (!isUnknown || !isInUse(item) || this.#fleet.length === 0) return own;
    const aliases = serving.snapshot.types.get(item.typeId)?.row.aliases;
    const type = aliases ? { ...item.type, aliases } : item.type;
    const knowing = this.#fleet.filter(({ known }) => hasPlugin(known, type, item));
    if (knowing.length === 0) return { kind: "missing" };
    const size = knowing.reduce((sum, { processes }) => sum + processes, 0);
    const { message = "", processes = 0 } = this.#failures.get(item.id) ?? {};
    if (processes < size) return { kind: "ready" };
    return { kind: "failed", error: new Error(message), retryAt: clock.now() + retryMs };
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
    if (serving.isClosed || (this.#seen && saysTheSame(processes, this.#seen))) return;
    this.#seen = processes;
    this.#fleet = byCode(processes);
    this.#failures = failuresOf(processes);
    const { revision, types } = serving.snapshot;
    const all = [...types.values()].map(({ row: { manager, name } }) => ({ manager, name }));
    emitter.emit("change", { revision, types: all });
  }
}

const saysTheSame = (processes: readonly ProcessRow[], before: readonly ProcessRow[]): boolean =>
  processes.length === before.length &&
  processes.every(({ id, plugins, failures }, at) => {
    const then = before[at];
    return (
      then?.id === id &&
      then.plugins === plugins &&
      JSON.stringify(then.failures) === JSON.stringify(failures)
    );
  });

function byCode(processes: readonly ProcessRow[]): SameCode[] {
  const sizes = new Map<ProcessRow["plugins"], number>();
  for (const { plugins } of processes) sizes.set(plugins, (sizes.get(plugins) ?? 0) + 1);
  return [...sizes].map(([plugins, count]) => ({ known: knownPlugins(plugins), processes: count }));
}

function failuresOf(processes: readonly ProcessRow[]): Map<string, Failure> {
  const failures = new Map<string, Failure>();
  for (const { itemId, message } of processes.flatMap((process) => process.failures)) {
    const known = failures.get(itemId) ?? { message, processes: 0 };
    failures.set(itemId, { ...known, processes: known.processes + 1 });
  }
  return failures;
}
