/**
 * A kind of database server that the tests need, and everything the setup has to know to find one, start one and
 * tell that it answers.
 */
export interface Server {
  /** As people write it, such as "PostgreSQL". */
  readonly title: string;

  /** The environment variable that holds the address of a server to use instead of starting one. */
  readonly addressVariable: string;

  /** The Debian packages that bring the program and what prepares its data. */
  readonly debianPackages: readonly string[];

  /** The signal that makes a running server stop at once; its data need not survive. */
  readonly stopSignal: "INT" | "QUIT" | "KILL" | "TERM";

  /** The server program on this machine; undefined also when what prepares its data is missing. */
  findProgram(): string | undefined;

  /** Commands to run in turn in `place` before the first start; each is a program and its arguments. */
  preparation(program: string, place: Place): readonly Command[];

  /** The command that serves from `place`, in the foreground, on loopback. */
  command(program: string, place: Place): Command;

  /** The address of the server that `command` starts. */
  url(place: Place): string;

  /** Resolves when the server at `url` answers a query, rejects when it does not. */
  ping(url: string): Promise<void>;
}

/** Where a server that the setup starts may live: an empty folder of its own and a free loopback port. */
export interface Place {
  readonly folder: string;
  readonly port: number;
}

export type Command = readonly [program: string, ...args: string[]];
