import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  BulkRequest,
  Changed,
  CheckRequest,
  CheckResult,
  Duplicate,
  ExplainRequest,
  HoldRequest,
  ItemChange,
  ItemDetail,
  ItemsChange,
  NewItem,
  OrderRequest,
  PurgeRequest,
  PurgeResult,
  ReleaseRequest,
  TypeDetail,
} from "../../../src/admin/api.ts";
import { request } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

// What the panel changes: one hook for every route that is not a plain read.

/** Marks everything that was read as old, but for who is signed in. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: (query) => query.queryKey[0] !== queryKeys.session[0] });
}

function useChange<Variables, Answer>(send: (variables: Variables) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => refreshAll(client) });
}

const idPath = (id: string) => encodeURIComponent(id);

/** Whom a selector would choose, given these arguments; writes nothing. */
export function useExplain(typeId: string) {
  return useMutation({
    mutationFn: (body: ExplainRequest) =>
      request<TypeDetail>("POST", `types/${idPath(typeId)}/explain`, { body }),
  });
}

export function useReorder(typeId: string) {
  return useChange((body: OrderRequest) =>
    request<Changed>("PUT", `types/${idPath(typeId)}/order`, { body }),
  );
}

/** As `useChange`, for routes that answer with the item: it need not be read again to be shown. */
function useItemChange<Body>(send: (body: Body) => Promise<ItemDetail>) {
  const client = useQueryClient();
  return useChange(async (body: Body) => {
    const item = await send(body);
    await client.cancelQueries({ queryKey: queryKeys.item(item.id) });
    client.setQueryData(queryKeys.item(item.id), item);
    return item;
  });
}

export function useChangeItem(id: string) {
  return useItemChange((body: ItemChange) => request<ItemDetail>("PATCH", `items/${idPath(id)}`, { body }));
}

export function useCreateItem() {
  return useItemChange((body: NewItem) => request<ItemDetail>("POST", "items", { body }));
}

export function useDuplicateItem(id: string) {
  return useItemChange((body: Duplicate) =>
    request<ItemDetail>("POST", `items/${idPath(id)}/duplicate`, { body }),
  );
}

export function useHoldItem(id: string) {
  return useItemChange((body: HoldRequest) =>
    request<ItemDetail>("POST", `items/${idPath(id)}/hold`, { body }),
  );
}

export function useReleaseItem(id: string) {
  return useItemChange((body: ReleaseRequest) =>
    request<ItemDetail>("POST", `items/${idPath(id)}/release`, { body }),
  );
}

/** Whether a config works, without saving it. */
export function useCheckConfig(typeId: string) {
  return useMutation({
    mutationFn: (body: CheckRequest) =>
      request<CheckResult>("POST", `types/${idPath(typeId)}/check`, { body }),
  });
}

export function useChangeItems() {
  return useChange((body: ItemsChange) => request<Changed>("PATCH", "items", { body }));
}

export function useBulk() {
  return useChange((body: BulkRequest) => request<Changed>("POST", "items/bulk", { body }));
}

/** What a purge would delete; writes nothing. */
export function usePurgePlan() {
  return useMutation({
    mutationFn: (body: PurgeRequest) => request<PurgeResult>("POST", "items/purge/plan", { body }),
  });
}

export function useRevert() {
  return useChange((historyId: string) => request<Changed>("POST", `history/${idPath(historyId)}/revert`));
}
