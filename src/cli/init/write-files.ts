import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { codeOf, messageOf } from "../../thrown.ts";
import { UsageError } from "../errors.ts";

/** A file by its path from the folder, with its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What became of new files, by their paths. */
export interface WrittenFiles {
  readonly written: readonly string[];
  /** Those that were there with just this text. */
  readonly unchanged: readonly string[];
  /** Those that were there with another text, and still have it. */
  readonly kept: readonly string[];
}

/**
 * Writes files that are not there yet, and leaves all that is there as it is.
 *
 * @throws UsageError; nothing is written where a folder cannot be made
 */
export async function writeFiles(folder: string, files: readonly NewFile[]): Promise<WrittenFiles> {
  const outcome = { written: [] as string[], unchanged: [] as string[], kept: [] as string[] };
  for (const { path } of files) await makeFolderOf(folder, path);
  for (const file of files) outcome[await write(folder, file)].push(file.path);
  return outcome;
}

async function makeFolderOf(folder: string, path: string): Promise<void> {
  try {
    await mkdir(dirname(join(folder, path)), { recursive: true });
  } catch (error) {
    throw cannotWrite(path, error);
  }
}

async function write(folder: string, { path, text }: NewFile): Promise<keyof WrittenFiles> {
  const file = join(folder, path);
  try {
    if (await putInto(file, text)) return "written";
  } catch (error) {
    throw cannotWrite(path, error);
  }
  return (await has(file, text)) ? "unchanged" : "kept";
}

const cannotWrite = (path: string, cause: unknown): UsageError =>
  new UsageError(`${path} could not be written: ${messageOf(cause)}`, { cause });

/** Whether the file is new: nothing is written over, also where two do this at once. */
async function putInto(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: "wx" });
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** A folder of that name has no text. */
const has = (file: string, text: string): Promise<boolean> =>
  readFile(file, "utf8").then(
    (present) => present === text,
    () => false,
  );
