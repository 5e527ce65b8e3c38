import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { useText } from "../i18n/use-text.ts";
import { ToneBadge } from "./tone-badge.tsx";

/** Says of an item that operators cannot change it here, where that is so. */
export function ManagedBadge({ item }: { readonly item: Pick<ItemInfo, "managed"> }) {
  const text = useText();
  if (item.managed === null) return null;
  return (
    <ToneBadge tone="info" title={text("item.managed.hint")}>
      {text("word.managed")}
    </ToneBadge>
  );
}
