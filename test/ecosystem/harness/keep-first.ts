import { rename, rm } from "node:fs/promises";

/** Gives a finished folder its name; where a test beside this one was first, its folder stays, which holds the same. */
export async function keepFirst(draft: string, folder: string): Promise<void> {
  try {
    await rename(draft, folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOTEMPTY") throw error;
    await rm(draft, { recursive: true });
  }
}
