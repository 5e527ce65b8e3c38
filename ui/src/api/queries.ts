import {
  keepPreviousData,
  type QueryState,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from "@tanstack/react-query";
import type {
  HistoryFilterQuery,
  HistoryList,
  ItemDetail,
  ItemList,
  ItemsQuery,
  PluginList,
  ProcessList,
  SessionInfo,
  TypeDetail,
  TypeList,
} from "../../../src/admin/api.ts";
import { request } from "./client.ts";
import { queryKeys } from "./query-keys.ts";
import { useSignedOut } from "./signed-out.ts";

// What the panel reads: one hook for every route.

export const sessionQuery = () =>
  queryOptions({
    queryKey: queryKeys.session,
    queryFn: ({ signal }) => request<SessionInfo>("GET", "session", { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** How often a page in sight whose session has ended asks whether somebody has signed in again elsewhere. */
const signedInYetMs = 5_000;

export function useSession() {
  const isSignedOut = useSignedOut();
  const mayReturn = ({ state }: { readonly state: QueryState<SessionInfo> }) =>
    isSignedOut && state.data !== undefined;
  return useQuery({
    ...sessionQuery(),
    // What was asked before the panel was drawn is not asked again for having failed: that is for the reader to do.
    retryOnMount: false,
    refetchInterval: (query) => mayReturn(query) && signedInYetMs,
    refetchOnWindowFocus: (query) => mayReturn(query) && "always",
  });
}

export const typesQuery = () =>
  queryOptions({
    queryKey: queryKeys.types,
    queryFn: ({ signal }) => request<TypeList>("GET", "types", { signal }),
  });

export const useTypes = () => useQuery(typesQuery());

export const typeQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.type(id),
    queryFn: ({ signal }) => request<TypeDetail>("GET", `types/${encodeURIComponent(id)}`, { signal }),
  });

export const useType = (id: string) => useQuery(typeQuery(id));

/** The plugins that more items can be made of. */
export function usePlugins(typeId: string) {
  return useQuery({
    queryKey: queryKeys.plugins(typeId),
    queryFn: ({ signal }) =>
      request<PluginList>("GET", `types/${encodeURIComponent(typeId)}/plugins`, { signal }),
  });
}

export const itemsQuery = (query: ItemsQuery) =>
  queryOptions({
    queryKey: queryKeys.items(query),
    queryFn: ({ signal }) => request<ItemList>("GET", "items", { query: { ...query }, signal }),
  });

export const useItems = (query: ItemsQuery) =>
  useQuery({ ...itemsQuery(query), placeholderData: keepPreviousData });

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: queryKeys.item(id),
    queryFn: ({ signal }) => request<ItemDetail>("GET", `items/${encodeURIComponent(id)}`, { signal }),
  });

export const useItem = (id: string) => useQuery(itemQuery(id));

/** The newest page first; `fetchNextPage` adds older ones. */
export function useHistory(filter: Omit<HistoryFilterQuery, "before">) {
  return useInfiniteQuery({
    queryKey: queryKeys.history(filter),
    queryFn: ({ pageParam, signal }) =>
      request<HistoryList>("GET", "history", {
        query: { ...filter, ...(pageParam === null ? {} : { before: pageParam }) },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
}

export function useProcesses() {
  return useQuery({
    queryKey: queryKeys.processes,
    queryFn: ({ signal }) => request<ProcessList>("GET", "processes", { signal }),
    // A process that goes away changes nothing in the database that an event would tell of.
    refetchInterval: 15_000,
  });
}
