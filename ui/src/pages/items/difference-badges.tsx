import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./edit-cells.module.css";

type Differing = Pick<ItemInfo, "differsFromCode">;

/** In which fields an item is not as the code says, in a column of that name. */
export function DifferenceBadges({ item }: { readonly item: Differing }) {
  const text = useText();
  return (
    <span className={styles.differences}>
      {item.differsFromCode.map((field) => (
        <ToneBadge key={field} tone="warn">
          {text(`word.${field}`)}
        </ToneBadge>
      ))}
    </span>
  );
}

/** The same in one badge, where there is no place for that column. */
export function DiffersBadge({ item }: { readonly item: Differing }) {
  const text = useText();
  const format = useFormat();
  if (item.differsFromCode.length === 0) return null;
  return (
    <span data-cramped className={styles.cramped}>
      <ToneBadge tone="warn" title={format.list(item.differsFromCode.map((field) => text(`word.${field}`)))}>
        {text("item.differs")}
      </ToneBadge>
    </span>
  );
}
