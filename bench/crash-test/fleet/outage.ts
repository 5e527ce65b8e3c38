import { setTimeout as pause } from "node:timers/promises";
import type { ClusterKind } from "../../cluster-kinds.ts";
import { resets, says } from "../provider/answers.ts";
import { Provider } from "../provider/provider.ts";
import { Fleet, type FleetSetup } from "./fleet.ts";
import { defineFleetChat, openMember } from "./member.ts";

/** What a fleet did while its first provider was dead. Times are in milliseconds. */
export interface Outage {
  readonly calls: number;
  readonly errors: readonly string[];
  /** Requests that reached the dead provider up to the first opening, and of those after it all that are no probes. */
  readonly beforeOpening: number;
  readonly afterOpening: number;
  /** From the first opening to the last request of a process that had not heard of it. */
  readonly avoidedAfterMs: number;
  readonly probes: number;
  /** The shortest time between two probes, and from the opening to the first. */
  readonly shortestPauseMs: number;
  /** From the recovery until the first process, and the last one, is served by it. */
  readonly firstBackMs: number;
  readonly lastBackMs: number;
}

export const size = 8;
export const coolingMs = 2_000;
/** How long the provider is dead for, in milliseconds. */
export const deadMs = 11_000;

export async function outage(kind: ClusterKind): Promise<Outage> {
  const { drop, ...cluster } = await kind.fresh();
  const first = await Provider.start(says("hello from first"));
  const second = await Provider.start(says("hello from second"));
  const setup: FleetSetup = {
    ...cluster,
    coolingMs,
    urls: { first: first.url, second: second.url },
  };
  try {
    await (await openMember({ ...setup, name: "migration" }, defineFleetChat(coolingMs))).close();
    const fleet = await Fleet.start(size, setup);
    try {
      return await play(fleet, first);
    } finally {
      await fleet.stop();
    }
  } finally {
    await Promise.all([first.stop(), second.stop()]);
    await drop();
  }
}

async function play(fleet: Fleet, first: Provider): Promise<Outage> {
  fleet.begin();
  await pause(3_000);
  const diedAt = performance.now();
  first.answer = resets;
  await pause(deadMs);
  const wellAt = performance.now();
  first.answer = says("hello from first");
  await pause(coolingMs + 2_000);
  const reports = await fleet.reports();
  const openedAt = Math.min(...reports.flatMap(({ openings }) => openings)) - performance.timeOrigin;
  const dead = first.requests.filter(({ at }) => at > diedAt && at < wellAt).map(({ at }) => at - openedAt);
  // The first probe comes a cooling after the opening. What comes before that had not heard of the opening.
  const unaware = dead.filter((at) => at > 0 && at < 0.9 * coolingMs);
  const probes = dead.filter((at) => at >= 0.9 * coolingMs);
  const pauses = probes.map((at, index) => at - (probes[index - 1] ?? 0));
  const back = new Map<unknown, number>();
  for (const { at, headers } of first.requests) {
    if (at > wellAt && !back.has(headers.authorization)) back.set(headers.authorization, at - wellAt);
  }
  return {
    calls: reports.reduce((sum, { calls }) => sum + calls, 0),
    errors: reports.flatMap(({ errors }) => errors),
    beforeOpening: dead.filter((at) => at <= 0).length,
    afterOpening: unaware.length,
    avoidedAfterMs: Math.max(0, ...unaware),
    probes: probes.length,
    shortestPauseMs: Math.min(...pauses),
    firstBackMs: Math.min(...back.values()),
    lastBackMs: back.size === size ? Math.max(...back.values()) : Number.POSITIVE_INFINITY,
  };
}
