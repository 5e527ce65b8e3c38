import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../components/item-title.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./edit-cells.module.css";
import { useList } from "./list-context.ts";

export function SelectCell({ item }: { readonly item: ItemInfo }) {
  const text = useText();
  const { isSelected, toggle } = useList();
  if (!item.mayWrite) return null;
  return (
    <input
      type="checkbox"
      className={styles.check}
      aria-label={text("items.select", { item: itemTitle(item) })}
      checked={isSelected(item.id)}
      onChange={() => toggle(item.id)}
    />
  );
}
