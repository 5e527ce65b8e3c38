import type { Plugbay } from "plugbay";
import { defineFleetChat, type MemberSetup, openMember } from "./member.ts";

/** What a process of the fleet found, in epoch milliseconds. */
export interface MemberReport {
  readonly calls: number;
  /** What calls failed with. */
  readonly errors: readonly string[];
  /** When the first provider was put aside here. */
  readonly openings: readonly number[];
}

async function untilPushed(plugbay: Plugbay): Promise<void> {
  const { state } = plugbay;
  if (state.kind === "closed" || state.transport !== "poll") return;
  await new Promise<void>((resolve) => plugbay.on("transport", () => resolve()));
}

const setup = JSON.parse(process.argv[2] ?? "") as MemberSetup;
const chat = defineFleetChat(setup.coolingMs);
const plugbay = await openMember(setup, chat);
if (setup.kind === "postgres" || setup.redisUrl !== undefined) await untilPushed(plugbay);

const errors: string[] = [];
const openings: number[] = [];
let calls = 0;

plugbay.on("readiness", ({ item, readiness }) => {
  if (item.name === "first" && readiness.kind === "cooling") openings.push(Date.now());
});

async function ask(): Promise<void> {
  calls += 1;
  try {
    for await (const _ of plugbay.stream(chat, (model, call) => model.answer({ text: "steady" }, call)));
  } catch (error) {
    errors.push(String(error));
  }
}

process.on("disconnect", () => process.exit());
process.on("message", async (message) => {
  if (message === "begin") setInterval(ask, setup.callEveryMs);
  else process.send?.({ calls, errors, openings } satisfies MemberReport);
});
process.send?.("open");
