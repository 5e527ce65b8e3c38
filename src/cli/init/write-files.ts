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

/** Writes files that are not there yet, and leaves all that is there as it is. @throws UsageError */
export async function writeFiles(folder: string, files: readonly NewFile[]): Promise<WrittenFiles> {
  const outcome = { written: [] as string[], unchanged: [] as string[], kept: [] as string[] };
  for (const file of files) outcome[await write(folder, file)].push(file.path);
  return outcome;
}

async function write(folder: string, { path, text }: NewFile): Promise<keyof WrittenFiles> {
  const file = join(folder, path);
  try {
    await mkdir(dirname(file), { recursive: true });
    if (await putInto(file, text)) return "written";
  } catch (error) {
    throw new UsageError(`${path} could not be written: ${messageOf(error)}`, { cause: error });
  }
  return (await has(file, text)) ? "unchanged" : "kept";
}

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
