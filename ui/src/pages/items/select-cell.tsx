import { Checkbox } from "@mantine/core";
import type { ItemInfo } from "../../../../src/admin/api.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useText } from "../../i18n/use-text.ts";
import { useList } from "./list-context.ts";

export function SelectCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const { mayWrite, isSelected, toggle } = useList();
  if (!mayWrite(item)) return null;
  return (
    <Checkbox
      aria-label={text("items.select", { item: itemTitle(item) })}
      checked={isSelected(item.id)}
      onChange={() => toggle(item.id)}
    />
  );
}
