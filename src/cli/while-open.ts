import { constants } from "node:os";

const signals = ["SIGINT", "SIGTERM"] as const;

/** The user, or the system, asked the command to end. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
  /** As a shell has it: 128 and the number of the signal. */
  readonly exitCode: number;
  constructor(signal: (typeof signals)[number]) {
    super(`interrupted by ${signal}`);
    this.exitCode = 128 + constants.signals[signal];
  }
}

/**
 * Does something with what is open, and closes it: at the end, after an error, and when the command is
 * interrupted. A second interruption ends the process at once.
 */
export async function whileOpen<R extends { close(): Promise<void> }, T>(
  resource: R,
  work: (resource: R) => Promise<T>,
): Promise<T> {
  let interrupt: NodeJS.SignalsListener = () => undefined;
  const interruption = new Promise<never>((_, reject) => {
    interrupt = (signal) => reject(new Interrupted(signal as (typeof signals)[number]));
  });
  for (const signal of signals) process.once(signal, interrupt);
  try {
    return await Promise.race([work(resource), interruption]);
  } finally {
    for (const signal of signals) process.off(signal, interrupt);
    await resource.close();
  }
}
