import { useCallback } from "react";
import type { ItemDetail } from "../../../src/admin/contract/contract.ts";
import { useCheckConfig } from "../api/mutations.ts";
import type { ConnectionCheck } from "../config-form/connection-check.tsx";

/** The test of an item's connection as it is stored; `start` is there once it is known whether its plugin has one. */
export function useItemCheck(item: ItemDetail | undefined): Omit<ConnectionCheck, "start"> & {
  readonly start: (() => void) | undefined;
} {
  const { mutate, isPending, data, error } = useCheckConfig(item?.typeId ?? "");
  const { id, module, name } = item ?? {};
  const start = useCallback(() => {
    if (id === undefined || module === undefined || name === undefined) return;
    mutate({ module, name, itemId: id });
  }, [id, module, name, mutate]);
  return { start: item?.checkable ? start : undefined, isPending, result: data, error };
}
