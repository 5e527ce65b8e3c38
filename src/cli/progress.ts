/** Says on a terminal what is being done, in one line that is gone once it is done. */
export async function withProgress<T>(doing: string, work: () => Promise<T>): Promise<T> {
  if (!process.stderr.isTTY) return work();
  process.stderr.write(`${doing}…`);
  try {
    return await work();
  } finally {
    process.stderr.write("\r\x1b[2K");
  }
}
