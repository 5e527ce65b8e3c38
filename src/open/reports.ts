import { servingNow } from "../control/fleet/serving-now.ts";
import { statusInForce } from "../definition/lead.ts";
import type { PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import type { Fleet } from "../following/fleet.ts";
import type { Readiness } from "../selection/readiness.ts";
import { isInUse } from "../selection/retirement.ts";
import { selectDefault, selectWith } from "../selection/select.ts";
import type { TypeSnapshot } from "../selection/snapshot.ts";
import type { Emitter } from "../serving/events.ts";
import type { Serving } from "../serving/serving.ts";
import { hasPlugin, type KnownPlugins, knownPlugins } from "../store/known-plugins.ts";
import type { ProcessRow, ReportedTrouble } from "../store/process-row.ts";
import type { Clock } from "../time/clock.ts";
import { changedReports } from "./changed-reports.ts";

/** How often the processes are looked at where nothing is heard of what they say, and nobody looks at the panel. */
const lookMs = 5_000;

/** About when a process tries again what failed, from when it is seen. */
const retryMs = 15_000;

interface ReportsOptions {
  readonly clock: Clock;
  readonly serving: Serving;
  readonly emitter: Emitter;
  readonly fleet: Fleet;
}

/** Processes whose code has the same plugins. There are few such groups, and many items to be asked about. */
interface SameCode {
  readonly known: KnownPlugins;
  readonly processes: number;
}

/**
 * How items do, as the application's processes report it: for one that makes no plugins itself, and shows the panel. An
 * item is ready where one of them has nothing to say against it, in trouble where all that have its plugin say so, and
 * missing where none has it.
 */
export class Reports {
  readonly #options: ReportsOptions;
  #seen: readonly ProcessRow[] = [];
  #fleet: readonly SameCode[] = [];
  /** By item, what each process that has a trouble with it says. */
  #troubles: ReadonlyMap<string, readonly ReportedTrouble[]> = new Map();
  #stop: (() => void) | undefined;

  constructor(options: ReportsOptions) {
    this.#options = options;
  }

  /** Follows the processes from now on. */
  start(): void {
    this.#stop = this.#options.fleet.follow(() => this.#takeOver(), lookMs);
  }

  stop(): void {
    this.#stop?.();
  }

  readiness(item: PluginItem): Readiness {
    const { serving } = this.#options;
    const own = serving.instances.readiness(item);
    const isUnknown = own.kind === "idle" || own.kind === "missing";
    if (!isUnknown || !isInUse(item) || this.#fleet.length === 0) return own;
    const aliases = serving.snapshot.types.get(item.typeId)?.row.aliases;
    const type = aliases ? { ...item.type, aliases } : item.type;
    const knowing = this.#fleet.filter(({ known }) => hasPlugin(known, type, item));
    if (knowing.length === 0) return { kind: "missing" };
    const size = knowing.reduce((sum, { processes }) => sum + processes, 0);
    const troubles = this.#troubles.get(item.id) ?? [];
    const [trouble] = troubles;
    return trouble === undefined || troubles.length < size
      ? { kind: "ready" }
      : this.#inTrouble(trouble, item);
  }

  /**
   * The item that serves a type in most processes; for arguments of its selector, the one that these choose of those
   * that are ready. @throws SelectorError
   */
  selected(type: AnyPluginType, args: readonly unknown[]): PluginItem | undefined {
    const { snapshot } = this.#options.serving;
    const found = snapshot.byIdentity.get(type.manager, type.name);
    if (found === undefined) return undefined;
    if (args.length === 0) {
      const [most] = servingNow(found, this.#seen, snapshot).by;
      if (most) return most.item;
    }
    const candidates = this.#candidates(found);
    return type.selector
      ? selectWith(type.selector, type, candidates, args as never)
      : selectDefault(candidates);
  }

  #candidates({ items }: TypeSnapshot) {
    const ready = items.filter((item) => isInUse(item) && this.readiness(item).kind === "ready");
    return {
      active: ready.filter((item) => statusInForce(item) === "active"),
      reserve: ready.filter((item) => statusInForce(item) === "reserve"),
    };
  }

  #inTrouble(
    { state, message, failedCalls, since, until }: ReportedTrouble,
    { hold }: PluginItem,
  ): Readiness {
    const end = until === null ? undefined : Date.parse(until);
    switch (state) {
      case "failed":
      case "misconfigured":
        return {
          kind: "failed",
          error: new Error(message ?? ""),
          retryAt: this.#options.clock.now() + retryMs,
        };
      case "missing":
        return { kind: "missing" };
      case "held":
        return { kind: "held", until: end, reason: message ?? "", by: hold?.by ?? "" };
      case "circuit":
      case "unauthorized":
      case "exhausted": {
        const error = message === null ? undefined : new Error(message);
        const failures = { count: failedCalls, error, at: Date.parse(since) };
        return { kind: "cooling", reason: state, until: end, ...(failedCalls > 0 && { failures }) };
      }
    }
  }

  #takeOver(): void {
    const { serving, emitter, fleet } = this.#options;
    const { snapshot } = serving;
    const before = this.#seen;
    this.#seen = fleet.known;
    const types = changedReports(before, this.#seen, snapshot);
    if (types.length === 0) return;
    this.#fleet = byCode(this.#seen);
    this.#troubles = troublesOf(this.#seen);
    emitter.emit("change", { revision: snapshot.revision, types });
  }
}

function byCode(processes: readonly ProcessRow[]): SameCode[] {
  const sizes = new Map<ProcessRow["plugins"], number>();
  for (const { plugins } of processes) sizes.set(plugins, (sizes.get(plugins) ?? 0) + 1);
  return [...sizes].map(([plugins, count]) => ({ known: knownPlugins(plugins), processes: count }));
}

function troublesOf(processes: readonly ProcessRow[]): Map<string, readonly ReportedTrouble[]> {
  const troubles = new Map<string, ReportedTrouble[]>();
  for (const trouble of processes.flatMap((process) => process.troubles)) {
    const known = troubles.get(trouble.itemId);
    if (known) known.push(trouble);
    else troubles.set(trouble.itemId, [trouble]);
  }
  return troubles;
}
