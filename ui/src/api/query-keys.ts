import type { HistoryFilterQuery, ItemsQuery, PreviewRequest } from "../../../src/admin/contract/contract.ts";

/** Under which names answers are cached. */
export const queryKeys = {
  session: ["session"],
  types: ["types"],
  type: (id: string) => ["type", id],
  explanation: (id: string, args: unknown) => ["type", id, "explain", args],
  plugins: (typeId: string) => ["type", typeId, "plugins"],
  items: (query: ItemsQuery & { readonly all?: true }) => ["items", query],
  item: (id: string) => ["item", id],
  history: (filter: HistoryFilterQuery) => ["history", filter],
  revertPlan: (entryId: string | undefined) => ["revert", entryId],
  preview: (change: PreviewRequest) => ["preview", change],
  inForce: (revision: number) => ["inForce", revision],
  processes: ["processes"],
  traffic: (typeId: string, range: string) => ["traffic", typeId, range],
  recentTraffic: (of: string, ids: string) => ["traffic", of, ids],
  trafficOverview: ["traffic"],
  attention: ["attention"],
  diagnosis: ["diagnosis"],
  code: (part: string) => ["code", part],
} as const;
