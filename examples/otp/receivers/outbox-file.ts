import { readFile } from "node:fs/promises";
import type { Receipt, Receiver } from "./receiver.ts";

/** The lines of the outbox, without those of earlier runs. */
export class OutboxFile implements Receiver {
  readonly #path: string;
  readonly #openedAt = new Date();

  constructor(path: string) {
    this.#path = path;
  }

  async received(): Promise<readonly Receipt[]> {
    const lines = (await this.#read()).split("\n");
    // What follows the last line break is nothing, or a line that is being written.
    return lines
      .slice(0, -1)
      .map(toReceipt)
      .filter(({ at }) => at >= this.#openedAt);
  }

  /** The file comes with the first code, and may be removed at any time. */
  async #read(): Promise<string> {
    try {
      return await readFile(this.#path, "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return "";
      throw error;
    }
  }
}

function toReceipt(line: string): Receipt {
  const { at, to, text } = JSON.parse(line) as { at: string; to: string; text: string };
  return { at: new Date(at), to, text };
}
