import { execFileSync } from "node:child_process";
import { chown, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "./free-port.ts";
import type { Server } from "./server.ts";
import { SupervisedProcess } from "./supervised-process.ts";

const startLimit = 120_000;

/** A server that runs for the tests of this process. */
export interface RunningServer {
  readonly url: string;
  stop(): Promise<void>;
}

/** Starts `program` on a free loopback port over an empty temporary folder and waits until it answers. */
export async function startServer(server: Server, program: string): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "plugbay-server-"));
  const place = { folder, port: await freePort() };
  const owner = unprivilegedOwner();
  if (owner !== undefined) await chown(folder, owner.uid, owner.gid);
  const supervised = new SupervisedProcess(
    [...server.preparation(program, place), server.command(program, place)],
    folder,
    server.stopSignal,
    { cwd: folder, env: { ...process.env, HOME: folder }, ...owner },
  );
  const url = server.url(place);
  try {
    await answers(server, url, supervised);
  } catch (error) {
    await supervised.stop();
    const reason = `${server.title} did not start with ${program}. It said:\n${supervised.output}`;
    throw new Error(reason, { cause: error });
  }
  return { url, stop: () => supervised.stop() };
}

async function answers(server: Server, url: string, supervised: SupervisedProcess): Promise<void> {
  const deadline = Date.now() + startLimit;
  for (;;) {
    try {
      return await server.ping(url);
    } catch (error) {
      if (!supervised.running || Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

/** Database servers refuse to run as root; the user "nobody" owns nothing else that they could harm. */
function unprivilegedOwner(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const id = (flag: string) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" }));
  return { uid: id("-u"), gid: id("-g") };
}
