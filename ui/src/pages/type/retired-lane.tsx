import type { ExplainedItem } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./retired-lane.module.css";

interface RetiredLaneProps {
  readonly items: readonly ExplainedItem[];
}

/** Out of use, and out of the way. */
export function RetiredLane({ items }: RetiredLaneProps) {
  const text = useText();
  const format = useFormat();
  if (items.length === 0) return null;
  return (
    <details className={styles.retired}>
      <summary>
        {text("type.retired")} ({format.number(items.length)})
      </summary>
      <p className={styles.hint}>{text("type.retired.hint")}</p>
      <ul className={styles.items}>
        {items.map((item) => (
          <li key={item.id}>
            <ItemName item={item} />
            <StatusBadge status={item.status} />
          </li>
        ))}
      </ul>
    </details>
  );
}
