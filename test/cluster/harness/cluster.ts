import { randomUUID } from "node:crypto";
import type { Transport } from "plugbay";
import type { Member } from "./member.ts";
import type { StateReport } from "./protocol.ts";
import { type DatabaseAddress, declare, type Setup } from "./setup.ts";
import { waitFor } from "./wait-for.ts";

/** 21 items of 3 types, in a namespace of its own, on a database that may be empty. */
export function smallSetup(database: DatabaseAddress, push?: Setup["push"]): Setup {
  return {
    database,
    types: declare(3, 7),
    ...(push !== undefined && { push }),
    options: { namespace: randomUUID(), migrate: true },
  };
}

export async function openAll(members: readonly Member[], setup: Setup): Promise<void> {
  await Promise.all(members.map((member) => member.ask("open", setup)));
}

export async function closeAll(members: readonly Member[]): Promise<void> {
  await Promise.all(members.map((member) => member.ask("close")));
}

/** Waits until every process's state is as `condition` wants it. */
export async function untilAll(
  members: readonly Member[],
  what: string,
  withinMs: number,
  condition: (state: StateReport) => boolean,
): Promise<void> {
  await Promise.all(members.map((member) => member.until(what, withinMs, condition)));
}

export function untilTransport(
  members: readonly Member[],
  transport: Transport,
  withinMs: number,
): Promise<void> {
  return untilAll(members, `transport "${transport}"`, withinMs, (state) => state.transport === transport);
}

/** Has `writer` disable the item that serves a type, and waits until all the others serve the next one. */
export async function disableAndAgree(
  writer: Member,
  others: readonly Member[],
  type: string,
  withinMs: number,
): Promise<void> {
  const next = await disableServing(writer, type);
  await agreeOn(others, type, next, withinMs);
}

/** Disables the item that serves a type; gives the id of the one that then does. */
export async function disableServing(writer: Member, type: string): Promise<string> {
  const { itemId } = await writer.ask("get", type);
  await writer.ask("updateItem", itemId ?? "", { status: "disable" });
  const { itemId: next } = await writer.ask("get", type);
  if (next === undefined || next === itemId) throw new Error(`${next} serves after ${itemId} was disabled`);
  return next;
}

export async function agreeOn(
  members: readonly Member[],
  type: string,
  itemId: string | undefined,
  withinMs: number,
): Promise<void> {
  const agrees = (member: Member) =>
    waitFor(`that ${itemId} serves`, withinMs, async () => (await member.ask("get", type)).itemId === itemId);
  await Promise.all(members.map(agrees));
}
