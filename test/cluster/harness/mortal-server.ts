import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Server } from "../../servers/server.ts";
import { startServer } from "../../servers/start-server.ts";
import { waitFor } from "./wait-for.ts";

const startLimit = 60_000;

/** Starts the server again whenever it ended, unless a file says that it is to stay dead. */
const keeper = `
  trap 'kill -s KILL "$server"; wait "$server"; exit' TERM
  while :; do
    while [ -e stay-dead ]; do sleep 0.05; done
    "$@" &
    server=$!
    echo "$server" > server.pid
    wait "$server"
    sleep 0.1
  done
`;

/** A server of a test's own, which can be killed and brought back over the same data and port. */
export interface MortalServer {
  readonly url: string;
  /** SIGKILL; it stays down. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. */
  revive(): Promise<void>;
  stop(): Promise<void>;
}

/** Starts one over an empty folder. Its program must be installed. */
export async function startMortalServer(server: Server): Promise<MortalServer> {
  const program = server.findProgram();
  if (program === undefined) throw new Error(`the program of ${server.title} is missing`);
  let folder = "";
  const kept: Server = {
    ...server,
    stopSignal: "TERM",
    command: (itsProgram, place) => {
      folder = place.folder;
      return ["/bin/sh", "-c", keeper, "keeper", ...server.command(itsProgram, place)];
    },
  };
  const { url, stop } = await startServer(kept, program);
  return {
    url,
    stop,
    async kill() {
      await writeFile(join(folder, "stay-dead"), "");
      process.kill(Number(await readFile(join(folder, "server.pid"), "utf8")), "SIGKILL");
      const isDead = () =>
        server.ping(url).then(
          () => false,
          () => true,
        );
      await waitFor(`the end of ${server.title}`, startLimit, isDead);
    },
    async revive() {
      await rm(join(folder, "stay-dead"));
      await waitFor(`${server.title}'s return`, startLimit, () => server.ping(url).then(() => true));
    },
  };
}
