import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./history-entry.module.css";

/** What an entry is about, with links to it; what was purged since has an id only. */
export function EntrySubject({ entry }: { readonly entry: HistoryEntry }) {
  const text = useText();
  const { entity, item, type } = entry;
  return (
    <span className={styles.subject}>
      {entity === "item" &&
        (item === null ? (
          <span className={styles.meta}>{text("history.purged", { id: entry.entityId })}</span>
        ) : (
          <ItemName item={item} withModule={false} />
        ))}
      {entity === "type" && type === null && (
        <span className={styles.meta}>{text("history.purged", { id: entry.entityId })}</span>
      )}
      {type !== null && (
        <span className={entity === "item" ? (styles.meta ?? "") : ""}>
          <TextLink href={paths.type(entry.typeId)}>
            <bdi>
              {type.manager} / {type.name}
            </bdi>
          </TextLink>
        </span>
      )}
    </span>
  );
}

/** The same as a text, for names and messages. */
export function subjectOf({
  item,
  type,
  entityId,
}: Pick<HistoryEntry, "item" | "type" | "entityId">): string {
  if (item !== null) return item.label === "" ? item.name : `${item.name} (${item.label})`;
  return type === null ? entityId : type.name;
}
