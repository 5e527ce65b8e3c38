import { useMutation, useQueryClient } from "@tanstack/react-query";
import { request } from "../../api/client.ts";
import { refreshAll } from "../../api/mutations.ts";
import { queryKeys } from "../../api/query-keys.ts";
import { useAskReason } from "../../reasons/reason-context.ts";

/** Deletes an item for good. Its page has to be left before all is read again: there is nothing to read of it. */
export function usePurgeItem(id: string, typed: string) {
  const client = useQueryClient();
  const ask = useAskReason();
  return useMutation({
    mutationKey: queryKeys.purge(id),
    onMutate: () => client.cancelQueries({ queryKey: queryKeys.item(id) }),
    mutationFn: async (_leave: () => void) =>
      request("POST /items/purge", { body: { ids: [id] }, reason: typed || (await ask()) }),
    onSuccess: (_result, leave) => {
      leave();
      client.removeQueries({ queryKey: queryKeys.item(id) });
      return refreshAll(client);
    },
  });
}
