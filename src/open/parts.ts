import { Calls } from "../calling/calls.ts";
import type { Control } from "../control/control.ts";
import { createControl } from "../control/create-control.ts";
import type { View } from "../control/view.ts";
import type { Hook } from "../definition/hooks.ts";
import type { TypeIdentity } from "../definition/identity.ts";
import { Following, type FollowingOptions } from "../following/following.ts";
import type { HealthCheckOptions } from "../instances/health-check-options.ts";
import { HealthChecks } from "../instances/health-checks.ts";
import type { KeyRing } from "../secrets/key-ring.ts";
import type { AlertTarget } from "../seeing/alerts/alert-target.ts";
import type { Alerts } from "../seeing/alerts/alerts.ts";
import type { Attention } from "../seeing/attention/attention.ts";
import { ChannelWatcher, publishEvents } from "../seeing/channels.ts";
import { circuitState } from "../seeing/circuit-state.ts";
import { Traffic } from "../seeing/traffic/traffic.ts";
import { Emitter } from "../serving/events.ts";
import { Reads } from "../serving/reads.ts";
import { Serving, type ServingOptions } from "../serving/serving.ts";
import { within } from "../time/deadline.ts";
import { isoTime } from "../time/iso-time.ts";
import { warn } from "../warn.ts";
import { Reports } from "./reports.ts";

export interface PartsOptions extends Omit<FollowingOptions, "serving" | "emitter"> {
  readonly keys: KeyRing;
  readonly hooks: readonly Hook[];
  readonly prepareTimeoutMs: number;
  readonly graceMs: number;
  /** The types whose plugins are made; the others' items stay idle. Default: all. */
  readonly prepares?: ((type: TypeIdentity) => boolean) | undefined;
  /** Whether it makes no plugins, and tells how items do by what other processes report. Default false. */
  readonly observes?: boolean | undefined;
  /** Whether changes by `control` need a reason. Default false. */
  readonly requireReason?: boolean | undefined;
  /** What `get` reads. Default: what the snapshot offers. */
  readonly offersOf?: ServingOptions["offersOf"];
  /** Whether calls are counted. */
  readonly traffic: boolean;
  /** Who is told what needs attention. Default: nobody. */
  readonly alerts?: readonly AlertTarget[] | undefined;
  /** Default: none. */
  readonly healthChecks?: HealthCheckOptions | undefined;
}

/** How long `close` may take, whatever hangs, in milliseconds. */
const closeLimitMs = 5_000;

/** How long calls that are under way may go on undisturbed. */
const untilCallsAreToldMs = 3_000;

/** How long they have then. What is left is for the disposal of instances. */
const toEndCallsMs = 1_000;

/** What an open plugbay is made of, put together. None of the parts knows the whole. */
export class Parts {
  readonly options: PartsOptions;
  readonly emitter = new Emitter();
  readonly serving: Serving;
  readonly reads: Reads;
  readonly calls: Calls;
  readonly following: Following;
  readonly view: View;
  readonly control: Control;
  /** ISO 8601, UTC. */
  readonly openedAt: string;
  readonly #healthChecks: HealthChecks | undefined;
  readonly #reports: Reports | undefined;
  #attention: Attention | undefined;
  readonly #traffic: Traffic | undefined;
  #alerts: Promise<Alerts | undefined> | undefined;
  #closing: Promise<void> | undefined;

  constructor(options: PartsOptions) {
    const { registry, store, clock, keys, wait, healthChecks, observes = false, requireReason } = options;
    const { emitter } = this;
    this.options = options;
    const prepares = observes ? () => false : options.prepares;
    const serving = new Serving({ ...options, prepares, emitter });
    const reads = new Reads(registry, serving);
    const following = new Following({ ...options, serving, emitter });
    this.serving = serving;
    this.reads = reads;
    this.following = following;
    const isLive = () => following.state.kind === "live";
    this.#traffic = options.traffic
      ? new Traffic({ clock, register: store.traffic, refusedWrites: following.refusedWrites, isLive })
      : undefined;
    this.calls = new Calls({
      ...{ clock, namespace: store.namespace, reads, emitter, hooks: options.hooks },
      instances: serving.instances,
      counter: this.#traffic?.counter,
    });
    this.calls.watchers.add(new ChannelWatcher(store.namespace));
    publishEvents(store.namespace, emitter, ({ id }) => circuitState(serving.instances.slotOf(id)));
    this.#healthChecks = healthChecks && new HealthChecks(serving.instances, clock, healthChecks);
    const reports = observes ? new Reports({ clock, serving, emitter, fleet: following.fleet }) : undefined;
    this.#reports = reports;
    this.view = {
      get snapshot() {
        return serving.snapshot;
      },
      get state() {
        return following.state;
      },
      registry,
      fleet: following.fleet,
      readiness: (item) => reports?.readiness(item) ?? serving.instances.readiness(item),
      lease: (item) => serving.instances.leaseKept(item),
      forgive: (item) => following.forgive(item),
      selected: (type, ...args) => (reports ?? reads).selected(type, args),
      refresh: () => following.refresh(),
      take: (written) => following.take(written),
      catchUp: () => following.catchUp(),
      on: (name, listener) => emitter.on(name, listener),
    };
    this.openedAt = isoTime(clock);
    const expectCommit = following.expect.bind(following);
    this.control = createControl(
      { view: this.view, store, keys, wait, clock, expectCommit },
      { access: "write", requireReason },
    );
  }

  /** What an operator should look at. It is loaded when somebody asks: few processes are asked. */
  async attention(): Promise<Attention> {
    const { attentionOf } = await import("./attention-of.ts");
    this.#attention ??= attentionOf(this);
    return this.#attention;
  }

  /** Follows what others change from here on, and has the plugins checked where that is asked for. */
  start(): void {
    this.#healthChecks?.start();
    this.#reports?.start();
    this.#traffic?.start();
    this.following.watch();
    const { alerts = [], observes } = this.options;
    if (alerts.length > 0 && !observes) this.#alerts = this.#startAlerts(alerts);
  }

  close(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** Steps that do not need each other go side by side; each has its limit, and so has the whole. */
  async #close(): Promise<void> {
    const { clock } = this.options;
    const endsAt = clock.monotonic() + closeLimitMs;
    this.emitter.emit("close", {});
    this.#healthChecks?.stop();
    this.#reports?.stop();
    // Alerts write, so that another process takes over, and what was counted last is told.
    const alerts = this.#alerts?.then((started) => started?.stop());
    const followed = this.following.close([alerts, this.#traffic?.close()]);
    this.serving.end();
    const served = this.#endServing(endsAt);
    const ended = Promise.allSettled([followed, served]);
    await within(ended, { clock, ms: closeLimitMs, late: "closing" }).catch(() => undefined);
  }

  /** Loaded where somebody is to be told. What keeps it from starting is no reason to end the process. */
  async #startAlerts(targets: readonly AlertTarget[]): Promise<Alerts | undefined> {
    try {
      const { alertsOf } = await import("./alerts-of.ts");
      const alerts = alertsOf(this, targets, await this.attention());
      alerts.start();
      return alerts;
    } catch (error) {
      warn("alerts could not be started", error);
      return undefined;
    }
  }

  /** What nobody uses is disposed of at once, the rest when no call uses it any more, or all have had their time. */
  async #endServing(endsAt: number): Promise<void> {
    const { clock } = this.options;
    const { instances } = this.serving;
    instances.retire();
    await this.calls.close(untilCallsAreToldMs, toEndCallsMs);
    await instances.close(Math.max(0, endsAt - clock.monotonic()));
  }
}
