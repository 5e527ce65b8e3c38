import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  BulkRequest,
  CheckRequest,
  Duplicate,
  ExplainRequest,
  HoldRequest,
  ItemChange,
  ItemDetail,
  ItemsChange,
  NewItem,
  OrderRequest,
  PurgeRequest,
  ReleaseRequest,
  ServeNowRequest,
} from "../../../src/admin/contract/contract.ts";
import { request } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

// What the panel changes: one hook for every route that is not a plain read.

/** What is no older for a change: who is signed in, and what somebody is about to confirm, which a change may refuse. */
const lasting: readonly unknown[] = [queryKeys.session[0], queryKeys.revertPlan(undefined)[0]];

/** Marks everything that was read as old, but for what is lasting. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => !lasting.includes(queryKey[0]) });
}

function useChange<Variables, Answer>(send: (variables: Variables) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: send, onSettled: () => refreshAll(client) });
}

/** Whom a selector would choose, given these arguments; writes nothing. */
export function useExplain(typeId: string) {
  return useMutation({
    mutationFn: (body: ExplainRequest) =>
      request("POST /types/:typeId/explain", { params: { typeId }, body }),
  });
}

export function useReorder(typeId: string) {
  return useChange((body: OrderRequest) => request("PUT /types/:typeId/order", { params: { typeId }, body }));
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
  return useItemChange((body: ItemChange) =>
    request("PATCH /items/:itemId", { params: { itemId: id }, body }),
  );
}

export function useCreateItem() {
  return useItemChange((body: NewItem) => request("POST /items", { body }));
}

export function useDuplicateItem(id: string) {
  return useItemChange((body: Duplicate) =>
    request("POST /items/:itemId/duplicate", { params: { itemId: id }, body }),
  );
}

export function useHoldItem(id: string) {
  return useItemChange((body: HoldRequest) =>
    request("POST /items/:itemId/hold", { params: { itemId: id }, body }),
  );
}

export function useReleaseItem(id: string) {
  return useItemChange((body: ReleaseRequest) =>
    request("POST /items/:itemId/release", { params: { itemId: id }, body }),
  );
}

export function useServeNow(id: string) {
  return useChange((body: ServeNowRequest) =>
    request("POST /items/:itemId/serve-now", { params: { itemId: id }, body }),
  );
}

/** Whether a config works, without saving it. */
export function useCheckConfig(typeId: string) {
  return useMutation({
    mutationFn: (body: CheckRequest) => request("POST /types/:typeId/check", { params: { typeId }, body }),
  });
}

export function useChangeItems() {
  return useChange((body: ItemsChange) => request("PATCH /items", { body }));
}

export function useBulk() {
  return useChange((body: BulkRequest) => request("POST /items/bulk", { body }));
}

/** What a purge would delete; writes nothing. */
export function usePurgePlan() {
  return useMutation({
    mutationFn: (body: PurgeRequest) => request("POST /items/purge/plan", { body }),
  });
}

/** Undoes all that one action changed, by the revision that it made. */
export function useRevertAll() {
  return useChange((revision: number) =>
    request("POST /history/changes/:revision/revert", { params: { revision: String(revision) } }),
  );
}

export function useRevert() {
  return useChange((historyId: string) =>
    request("POST /history/:entryId/revert", { params: { entryId: historyId } }),
  );
}
