import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { MemberSetup } from "./member.ts";
import type { MemberReport } from "./member-process.ts";

const program = fileURLToPath(new URL("member-process.ts", import.meta.url));

export type FleetSetup = Omit<MemberSetup, "name" | "callEveryMs">;

/** The processes of an application. */
export class Fleet {
  readonly #members: readonly ChildProcess[];

  static async start(size: number, setup: FleetSetup): Promise<Fleet> {
    const members = Array.from({ length: size }, (_, index) =>
      fork(program, [JSON.stringify(memberOf(setup, index))]),
    );
    await Promise.all(members.map((member) => answerOf(member)));
    return new Fleet(members);
  }

  private constructor(members: readonly ChildProcess[]) {
    this.#members = members;
  }

  /** They call from now on. */
  begin(): void {
    for (const member of this.#members) member.send("begin");
  }

  async reports(): Promise<MemberReport[]> {
    const reports = this.#members.map((member) => answerOf(member));
    for (const member of this.#members) member.send("report");
    return (await Promise.all(reports)) as MemberReport[];
  }

  async stop(): Promise<void> {
    await Promise.all(
      this.#members.map(async (member) => {
        if (member.exitCode !== null) return;
        const ended = once(member, "exit");
        member.disconnect();
        await ended;
      }),
    );
  }
}

/** Half of them call 40 times a second, and half 10 times, which find out later by themselves that something is wrong. */
const memberOf = (setup: FleetSetup, index: number): MemberSetup => ({
  ...setup,
  name: `member-${index}`,
  callEveryMs: index % 2 === 0 ? 25 : 100,
});

async function answerOf(member: ChildProcess): Promise<unknown> {
  const ended = once(member, "exit").then(() => {
    throw new Error("a process of the fleet ended");
  });
  const [message] = (await Promise.race([once(member, "message"), ended])) as [unknown];
  return message;
}
