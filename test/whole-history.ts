import type { AuditEntry, HistoryQuery, Plugbay } from "plugbay";

const pageSize = 1_000;

/** All entries of the history, the latest first, read page by page. */
export async function wholeHistory(
  { control }: Pick<Plugbay, "control">,
  query: Omit<HistoryQuery, "limit" | "before"> = {},
): Promise<AuditEntry[]> {
  const entries: AuditEntry[] = [];
  for (;;) {
    const before = entries.at(-1);
    const page = await control.history({ ...query, limit: pageSize, ...(before && { before }) });
    entries.push(...page);
    if (page.length < pageSize) return entries;
  }
}
