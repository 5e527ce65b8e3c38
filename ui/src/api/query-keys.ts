import type {
  ChangeSetsQuery,
  HistoryFilterQuery,
  ItemsQuery,
  PreviewRequest,
} from "../../../src/admin/contract/contract.ts";

/** Under which names answers are cached. */
export const queryKeys = {
  session: ["session"],
  types: ["types"],
  type: (id: string) => ["type", id],
  explanation: (id: string, args: unknown) => ["type", id, "explain", args],
  plugins: (typeId: string) => ["type", typeId, "plugins"],
  items: (query: ItemsQuery & { readonly all?: true }) => ["items", query],
  item: (id: string) => ["item", id],
  /** The change that deletes the item for good, while it runs. */
  purge: (id: string) => ["purge", id],
  history: (filter: HistoryFilterQuery) => ["history", filter],
  changes: (filter: ChangeSetsQuery) => ["history", "changes", filter],
  change: (revision: string) => ["history", "change", revision],
  revertAllPlan: (revision: number | undefined) => ["revert", "all", revision],
  revertPlan: (entryId: string | undefined) => ["revert", entryId],
  preview: (change: PreviewRequest) =>
    change.revert === undefined && change.entry === undefined
      ? ["preview", change]
      : ["revert", "impact", change],
  inForce: (revision: number) => ["inForce", revision],
  processes: ["processes"],
  traffic: (typeId: string, range: string) => ["traffic", typeId, range],
  recentTraffic: (of: string, ids: string) => ["traffic", of, ids],
  timeline: (typeId: string, limit: number) => ["timeline", typeId, limit],
  trafficOverview: ["traffic"],
  attention: ["attention"],
  diagnosis: ["diagnosis"],
  code: (part: string) => ["code", part],
} as const;
