import { open } from "node:fs/promises";
import { messageOf } from "../../thrown.ts";
import { UsageError } from "../errors.ts";

/** Bytes; a file of 100,000 items with small configs has as many. */
const maxSize = 32 * 1024 * 1024;

/** The text of a file, or of standard input for `-`. @throws UsageError */
export async function readItemsFile(path: string): Promise<string> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of await openFile(path)) {
    parts.push(part);
    size += part.length;
    if (size > maxSize) throw new UsageError(`${path} has more than ${maxSize / 1024 ** 2} MB`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(Buffer.concat(parts));
  } catch {
    throw new UsageError(`${path} is not text in UTF-8`);
  }
}

async function openFile(path: string): Promise<AsyncIterable<Buffer>> {
  if (path === "-") return process.stdin;
  try {
    const file = await open(path);
    if ((await file.stat()).isDirectory()) throw new Error("it is a folder");
    return file.createReadStream();
  } catch (error) {
    throw new UsageError(`${path} could not be read: ${messageOf(error)}`);
  }
}
