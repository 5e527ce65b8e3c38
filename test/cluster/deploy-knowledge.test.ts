import { hostname } from "node:os";
import type { ProcessInfo } from "plugbay";
import { afterAll, beforeAll, expect, test } from "vitest";
import { onEveryDatabase } from "../store/test-database.ts";
import { setupOf } from "./deployment.ts";
import { doctor } from "./harness/command.ts";
import { Member } from "./harness/member.ts";
import { waitFor } from "./harness/wait-for.ts";

/** From the opening of a process until the others find it in the list. */
const bound = 5_000;

let members: Member[];
beforeAll(async () => {
  members = await Member.startSome(2);
});
afterAll(() => Promise.all(members.map((member) => member.stop())));

const versionsOf = (processes: readonly ProcessInfo[]) => processes.map(({ version }) => version).sort();

onEveryDatabase((home) => {
  test(`while two versions run, each process and doctor tell who has which plugin, by any of its names, within ${bound / 1_000} s`, async () => {
    const [older, newer] = members as [Member, Member];
    const [oldSetup, newSetup] = [setupOf(home, "old"), setupOf(home, "new")];
    await older.ask("open", oldSetup);
    await newer.ask("open", newSetup);
    await older.ask("refresh");
    for (const member of members) {
      await waitFor("both processes in the list", bound, async () => {
        return (await member.ask("processes")).length === 2;
      });
      const processes = await member.ask("processes");
      expect(versionsOf(processes)).toEqual(["new", "old"]);
      expect(processes.map(({ pid }) => pid).sort()).toEqual([older.pid, newer.pid].sort());
    }

    const idOf = async (member: Member, type: string, name: string) =>
      (await member.ask("items", type)).find((item) => item.name === name)?.id ?? "";
    const sms = await idOf(older, "otp", "sms");
    const cash = await idOf(older, "pay", "cash");
    expect(await idOf(newer, "otp", "text")).toBe(sms);
    expect(await idOf(newer, "payment", "money")).toBe(cash);
    for (const [id, knowing] of [
      [sms, ["new", "old"]],
      [cash, ["new", "old"]],
      [await idOf(older, "otp", "fax"), ["old"]],
      [await idOf(newer, "otp", "app"), ["new"]],
      [await idOf(newer, "push", "phone"), ["new"]],
    ] as const) {
      for (const member of members) {
        const knowledge = await member.ask("whoKnows", id);
        expect(knowledge).toHaveLength(2);
        expect(versionsOf(knowledge.flatMap(({ knows, process }) => (knows ? [process] : [])))).toEqual(
          knowing,
        );
      }
    }
    expect(await older.ask("explain", "otp")).toEqual([
      ["app", "missing"],
      ["sms", "selected"],
      ["mail", "lower-priority"],
      ["fax", "lower-priority"],
    ]);
    expect(await newer.ask("explain", "otp")).toEqual([
      ["app", "selected"],
      ["text", "lower-priority"],
      ["post", "lower-priority"],
      ["fax", "missing"],
    ]);

    // Doctor stands beside the processes, and is none of them.
    const missing = async (setup: typeof oldSetup) => {
      const { findings } = await doctor(setup);
      expect(findings.map(({ message }) => message)).toContain(
        "processes of the application that are running: 2",
      );
      return findings.flatMap(({ level, message }) =>
        level === "warning" && message.includes("is missing in") ? [message] : [],
      );
    };
    const lacks = (plugin: string, type: string, { pid }: Member, version: string) =>
      `item test/cluster:${plugin} of plugin type "${type}" of "test/cluster" is missing in 1 of 2 processes: ${hostname()}:${pid} (${version})`;
    for (const setup of [oldSetup, newSetup]) {
      expect(await missing(setup)).toEqual([
        lacks("app", "otp", older, "old"),
        lacks("fax", "otp", newer, "new"),
        lacks("phone", "push", older, "old"),
      ]);
    }

    await older.ask("close");
    expect(versionsOf(await newer.ask("processes"))).toEqual(["new"]);
    await newer.ask("sync", { prune: true });
    const { healthy, findings } = await doctor(newSetup);
    expect(healthy).toBe(true);
    expect(findings.filter(({ level }) => level !== "ok")).toEqual([]);
    await newer.ask("close");
  });
});
