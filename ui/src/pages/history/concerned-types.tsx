import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./history-entry.module.css";

const mostNamed = 3;

/** The types that entries are about, each a link. */
export function ConcernedTypes({ entries }: { readonly entries: readonly HistoryEntry[] }) {
  const text = useText();
  const types = new Map(
    entries.flatMap(({ typeId, type }) => (type === null ? [] : [[typeId, type] as const])),
  );
  return (
    <span className={styles.subject}>
      {[...types].slice(0, mostNamed).map(([id, { manager, name }]) => (
        <span key={id} className={styles.meta}>
          <TextLink href={paths.type(id)}>
            <bdi>
              {manager} / {name}
            </bdi>
          </TextLink>
        </span>
      ))}
      {types.size > mostNamed && (
        <span className={styles.meta}>{text("history.moreTypes", { count: types.size - mostNamed })}</span>
      )}
    </span>
  );
}
