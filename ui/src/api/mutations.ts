import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type {
  BulkRequest,
  CheckRequest,
  Duplicate,
  EndLeadRequest,
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
import { useAskReason } from "../reasons/reason-context.ts";
import { request } from "./client.ts";
import { queryKeys } from "./query-keys.ts";

// What the panel changes: one hook for every route that is not a plain read.

/** What is no older for a change: who is signed in, and what somebody is about to confirm, which a change may refuse. */
const lasting: readonly unknown[] = [queryKeys.session[0], queryKeys.revertPlan(undefined)[0]];

/** Marks everything that was read as old, but for what is lasting. */
export function refreshAll(client: QueryClient): Promise<void> {
  return client.invalidateQueries({ predicate: ({ queryKey }) => !lasting.includes(queryKey[0]) });
}

/** What was typed as the reason of a change; a hold has its own. */
type Typed<Variables> = string | ((variables: Variables) => string);

type Send<Variables, Answer> = (variables: Variables, why: { readonly reason: string }) => Promise<Answer>;

/** A change for a reason: the one that was typed, or where none was and one is required, what is answered when asked. */
function useChange<Variables, Answer>(send: Send<Variables, Answer>, typed: Typed<Variables> = "") {
  const client = useQueryClient();
  const ask = useAskReason();
  return useMutation({
    mutationFn: async (variables: Variables) => {
      const said = typeof typed === "string" ? typed : typed(variables);
      return send(variables, { reason: said || (await ask()) });
    },
    onSettled: () => refreshAll(client),
  });
}

/** Whom a selector would choose, given these arguments; writes nothing. */
export function useExplain(typeId: string) {
  return useMutation({
    mutationFn: (body: ExplainRequest) =>
      request("POST /types/:typeId/explain", { params: { typeId }, body }),
  });
}

export function useReorder(typeId: string) {
  return useChange((body: OrderRequest, why) =>
    request("PUT /types/:typeId/order", { params: { typeId }, body, ...why }),
  );
}

/** As `useChange`, for routes that answer with the item: it need not be read again to be shown. */
function useItemChange<Body>(send: Send<Body, ItemDetail>, typed?: Typed<Body>) {
  const client = useQueryClient();
  return useChange(async (body: Body, why) => {
    const item = await send(body, why);
    await client.cancelQueries({ queryKey: queryKeys.item(item.id) });
    client.setQueryData(queryKeys.item(item.id), item);
    return item;
  }, typed);
}

export function useChangeItem(id: string, reason?: string) {
  return useItemChange(
    (body: ItemChange, why) => request("PATCH /items/:itemId", { params: { itemId: id }, body, ...why }),
    reason,
  );
}

export function useCreateItem(reason?: string) {
  return useItemChange((body: NewItem, why) => request("POST /items", { body, ...why }), reason);
}

export function useDuplicateItem(id: string, reason?: string) {
  return useItemChange(
    (body: Duplicate, why) =>
      request("POST /items/:itemId/duplicate", { params: { itemId: id }, body, ...why }),
    reason,
  );
}

export function useHoldItem(id: string) {
  return useItemChange(
    (body: HoldRequest, why) => request("POST /items/:itemId/hold", { params: { itemId: id }, body, ...why }),
    ({ reason }: HoldRequest) => reason,
  );
}

export function useReleaseItem(id: string) {
  return useItemChange((body: ReleaseRequest, why) =>
    request("POST /items/:itemId/release", { params: { itemId: id }, body, ...why }),
  );
}

export function useServeNow(id: string, reason?: string) {
  return useChange(
    (body: ServeNowRequest, why) =>
      request("POST /items/:itemId/serve-now", { params: { itemId: id }, body, ...why }),
    reason,
  );
}

export function useEndLeadOf(id: string) {
  return useItemChange((body: EndLeadRequest, why) =>
    request("POST /items/:itemId/end-lead", { params: { itemId: id }, body, ...why }),
  );
}

/** Whether a config works, without saving it. */
export function useCheckConfig(typeId: string) {
  return useMutation({
    mutationFn: (body: CheckRequest) => request("POST /types/:typeId/check", { params: { typeId }, body }),
  });
}

export function useChangeItems(reason?: string) {
  return useChange((body: ItemsChange, why) => request("PATCH /items", { body, ...why }), reason);
}

export function useBulk(reason?: string) {
  return useChange((body: BulkRequest, why) => request("POST /items/bulk", { body, ...why }), reason);
}

/** What a purge would delete; writes nothing. */
export function usePurgePlan() {
  return useMutation({
    mutationFn: (body: PurgeRequest) => request("POST /items/purge/plan", { body }),
  });
}

/** Undoes all that one action changed, by the revision that it made. */
export function useRevertAll(reason?: string) {
  return useChange(
    (revision: number, why) =>
      request("POST /history/changes/:revision/revert", { params: { revision: String(revision) }, ...why }),
    reason,
  );
}

export function useRevert(reason?: string) {
  return useChange(
    (historyId: string, why) =>
      request("POST /history/:entryId/revert", { params: { entryId: historyId }, ...why }),
    reason,
  );
}
