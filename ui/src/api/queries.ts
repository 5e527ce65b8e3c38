import {
  keepPreviousData,
  type QueryState,
  queryOptions,
  useInfiniteQuery,
  useIsMutating,
  useQuery,
} from "@tanstack/react-query";
import type {
  ChangeSetsQuery,
  HistoryFilterQuery,
  ItemList,
  ItemsQuery,
  PreviewRequest,
  SessionInfo,
} from "../../../src/admin/contract/contract.ts";
import { ApiError } from "./api-error.ts";
import { request } from "./client.ts";
import { queryKeys } from "./query-keys.ts";
import { useSignedOut } from "./signed-out.ts";

// What the panel reads: one hook for every route.

export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => request("GET /session", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How often a page in sight whose session has ended asks whether somebody has signed in again elsewhere. */
const signedInYetMs = 5_000;

/** Whether the panel was opened while nothing answered: it comes by itself once something does. */
const isAway = ({ state }: { readonly state: QueryState<SessionInfo> }) =>
  state.data === undefined &&
  state.error !== null &&
  !(state.error instanceof ApiError && state.error.status < 500);

export function useSession() {
  const isSignedOut = useSignedOut();
  const mayReturn = ({ state }: { readonly state: QueryState<SessionInfo> }) =>
    isSignedOut && state.data !== undefined;
  return useQuery({
    ...sessionQuery(),
    // What was asked before the panel was drawn is not asked again for having failed: that is for the reader to do.
    retryOnMount: false,
    refetchInterval: (query) => (mayReturn(query) || isAway(query)) && signedInYetMs,
    refetchOnWindowFocus: (query) => mayReturn(query) && "always",
  });
}

export const typesQuery = () =>
  queryOptions({
    queryKey: queryKeys.types,
    queryFn: ({ signal }) => request("GET /types", { signal }),
  });

export const useTypes = () => useQuery(typesQuery());

export const typeQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.type(id),
    queryFn: ({ signal }) => request("GET /types/:typeId", { params: { typeId: id }, signal }),
  });

export const useType = (id: string) => useQuery(typeQuery(id));

/** The plugins that more items can be made of. */
export function usePlugins(typeId: string) {
  return useQuery({
    queryKey: queryKeys.plugins(typeId),
    queryFn: ({ signal }) => request("GET /types/:typeId/plugins", { params: { typeId }, signal }),
  });
}

/** A page of items; or with `all`, everything that the query finds, as one page. */
export interface ShownItems extends ItemsQuery {
  readonly all?: true;
}

export const itemsQuery = ({ all, ...query }: ShownItems) =>
  queryOptions({
    queryKey: queryKeys.items(all ? { ...query, all } : query),
    queryFn: ({ signal }) => (all ? allPages(query, signal) : request("GET /items", { query, signal })),
  });

/** The largest that the server gives. */
const pageSize = 1_000;

async function allPages(query: ItemsQuery, signal: AbortSignal): Promise<ItemList> {
  const page = (number: number): Promise<ItemList> =>
    request("GET /items", { query: { ...query, page: number, pageSize }, signal });
  const first = await page(1);
  const items = [...first.items];
  for (let number = 2; number <= first.pages; number += 1) items.push(...(await page(number)).items);
  return { ...first, items, pages: 1, pageSize: items.length };
}

export const useItems = (query: ShownItems) =>
  useQuery({ ...itemsQuery(query), placeholderData: keepPreviousData });

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.item(id),
    queryFn: ({ signal }) => request("GET /items/:itemId", { params: { itemId: id }, signal }),
  });

/** While the item is being purged here it is not read again: the news of that may come before the answer to it does. */
export function useItem(id: string) {
  const purges = useIsMutating({ mutationKey: queryKeys.purge(id) });
  return useQuery({ ...itemQuery(id), enabled: purges === 0 });
}

/** The newest page first; `fetchNextPage` adds older ones. */
export function useHistory(filter: Omit<HistoryFilterQuery, "before">) {
  return useInfiniteQuery({
    queryKey: queryKeys.history(filter),
    queryFn: ({ pageParam, signal }) =>
      request("GET /history", {
        query: { ...filter, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** What was changed together, the newest page first; `fetchNextPage` adds older ones. */
export function useChangeSets(filter: Omit<ChangeSetsQuery, "before">) {
  return useInfiniteQuery({
    queryKey: queryKeys.changes(filter),
    queryFn: ({ pageParam, signal }) =>
      request("GET /history/changes", {
        query: { ...filter, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as number | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

/** All that one action changed. */
export function useChangeSet(revision: string) {
  return useQuery({
    queryKey: queryKeys.change(revision),
    queryFn: ({ signal }) => request("GET /history/changes/:revision", { params: { revision }, signal }),
  });
}

export function useProcesses() {
  return useQuery({
    queryKey: queryKeys.processes,
    queryFn: ({ signal }) => request("GET /processes", { signal }),
    // A process that goes away changes nothing in the database that an event would tell of.
    refetchInterval: 15_000,
  });
}

/**
 * In how many processes a revision is in force. As all that is shown, it is read again when a process tells something new,
 * until it is in force in all of them.
 */
export function useInForce(revision: number) {
  return useQuery({
    queryKey: queryKeys.inForce(revision),
    queryFn: ({ signal }) => request("GET /in-force", { query: { revision }, signal }),
    enabled: ({ state: { data } }) => data === undefined || data.inForce < data.processes,
    gcTime: 0,
    retry: false,
  });
}

/** How often processes tell what they counted. */
const trafficMs = 10_000;

/** What needs attention, the gravest first. */
export const attentionQuery = () =>
  queryOptions({
    queryKey: queryKeys.attention,
    queryFn: ({ signal }) => request("GET /attention", { signal }),
    // Some of it comes and goes with time alone, as a process that falls silent.
    refetchInterval: 15_000,
  });

export const useAttention = () => useQuery(attentionQuery());

/** The last hour's calls of all types together. */
export const trafficOverviewQuery = () =>
  queryOptions({
    queryKey: queryKeys.trafficOverview,
    queryFn: ({ signal }) => request("GET /traffic", { signal }),
    refetchInterval: trafficMs,
  });

export const useTrafficOverview = () => useQuery(trafficOverviewQuery());

/** The calls of a type. */
export function useTraffic(typeId: string, range: "hour" | "14d") {
  return useQuery({
    queryKey: queryKeys.traffic(typeId, range),
    queryFn: ({ signal }) =>
      request("GET /types/:typeId/traffic", { params: { typeId }, query: { range }, signal }),
    refetchInterval: trafficMs,
    placeholderData: keepPreviousData,
  });
}

/** What happened to a type, and who changed what, the latest first. */
export function useTimeline(typeId: string, limit: number) {
  return useQuery({
    queryKey: queryKeys.timeline(typeId, limit),
    queryFn: ({ signal }) =>
      request("GET /types/:typeId/timeline", { params: { typeId }, query: { limit }, signal }),
    // Besides what a process tells at once: a recovery may be noted later.
    refetchInterval: trafficMs,
    placeholderData: keepPreviousData,
  });
}

/** As many as the server takes at once. */
const mostRecent = 100;

/** The last hour of types or items, of the first 100. */
export function useRecentTraffic(of: "types" | "items", all: readonly string[]) {
  const ids = all.slice(0, mostRecent).join();
  return useQuery({
    queryKey: queryKeys.recentTraffic(of, ids),
    queryFn: ({ signal }) => request("GET /traffic/recent", { query: { [of]: ids }, signal }),
    enabled: ids !== "",
    refetchInterval: trafficMs,
    placeholderData: keepPreviousData,
  });
}

/** Read when it is asked for: see `refetch`. */
export function useDiagnosis() {
  return useQuery({
    queryKey: queryKeys.diagnosis,
    queryFn: ({ signal }) => request("GET /diagnosis", { signal }),
    enabled: false,
    retry: false,
  });
}

/** What reverting an entry of the history would do, as things are when it is asked; undefined asks nothing. */
export function useRevertPlan(entryId: string | undefined) {
  return useQuery({
    queryKey: queryKeys.revertPlan(entryId),
    queryFn: ({ signal }) =>
      request("GET /history/:entryId/revert", { params: { entryId: entryId ?? "" }, signal }),
    enabled: entryId !== undefined,
    // While the dialogue closes it still shows what it was about.
    placeholderData: (last) => (entryId === undefined ? last : undefined),
    gcTime: 0,
    retry: false,
  });
}

/** As `useRevertPlan`, for all that one action changed. */
export function useRevertAllPlan(revision: number | undefined) {
  return useQuery({
    queryKey: queryKeys.revertAllPlan(revision),
    queryFn: ({ signal }) =>
      request("GET /history/changes/:revision/revert", { params: { revision: String(revision) }, signal }),
    enabled: revision !== undefined,
    placeholderData: (last) => (revision === undefined ? last : undefined),
    gcTime: 0,
    retry: false,
  });
}

/** What a change would do, as things are when it is asked. */
export function usePreview(change: PreviewRequest) {
  return useQuery({
    queryKey: queryKeys.preview(change),
    queryFn: ({ signal }) => request("POST /preview", { body: change, signal }),
    gcTime: 0,
    retry: false,
  });
}
