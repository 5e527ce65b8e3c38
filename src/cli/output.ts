import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

type Write = typeof process.stdout.write;

/** Standard output's own, while everything else goes to standard error. */
let own: Write | undefined;

/** Writes what the command itself has to say to standard output. */
export function writeOutput(text: string, written?: () => void): void {
  const write = own ?? process.stdout.write.bind(process.stdout);
  write(text, () => written?.());
}

/**
 * Sends all else to standard error: what a config file or a plugin prints would spoil `--json` and files that are read
 * by others. Returns how to end that. Loggers write to the stream, or as pino does, to its file descriptor.
 */
export function divertOutput(): () => void {
  if (own) return () => undefined;
  const { stdout, stderr } = process;
  const { write, writeSync } = fs;
  const before = stdout.write;
  own = before.bind(stdout);
  stdout.write = stderr.write.bind(stderr);
  replaceWrites({ write: diverted(write), writeSync: diverted(writeSync) });
  return () => {
    own = undefined;
    stdout.write = before;
    replaceWrites({ write, writeSync });
  };
}

type FileWrite = typeof fs.write | typeof fs.writeSync;

/** A function of `fs` that writes to a file descriptor, with its properties, such as its promise version. */
function diverted<F extends FileWrite>(write: F): F {
  const instead = (fd: number, ...rest: unknown[]): unknown =>
    Reflect.apply(write, fs, [fd === 1 ? 2 : fd, ...rest]);
  return Object.defineProperties(instead, Object.getOwnPropertyDescriptors(write)) as F;
}

function replaceWrites(writes: Pick<typeof fs, "write" | "writeSync">): void {
  Object.assign(fs, writes);
  syncBuiltinESMExports();
}
