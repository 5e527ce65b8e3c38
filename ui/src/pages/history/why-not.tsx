import type { ChangeSetInfo, HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import { useSession } from "../../api/queries.ts";
import { useText } from "../../i18n/use-text.ts";
import { subjectOf } from "./entry-subject.tsx";
import styles from "./history-entry.module.css";

interface WhyNotProps {
  readonly entry: HistoryEntry;
  /** Whether the item is named, where it is for that one alone. */
  readonly isNamed?: boolean;
}

/** Why a change has no button that reverts it. Whoever may change nothing at all is not told so of each entry. */
export function WhyNot({ entry, isNamed = false }: WhyNotProps) {
  const text = useText();
  const { access } = useSession().data ?? {};
  const { notRevertible } = entry;
  if (notRevertible === null || (notRevertible === "access" && access === "read")) return null;
  const why = text(`history.whyNot.${notRevertible}`);
  return (
    <span className={styles.meta}>
      {isNamed && notRevertible !== "kind" ? text("history.whyNot.of", { name: subjectOf(entry), why }) : why}
    </span>
  );
}

/** The entry for which all of a change set cannot be reverted. */
export const obstacleOf = ({ entries }: ChangeSetInfo): HistoryEntry | undefined =>
  entries.find(({ notRevertible }) => notRevertible !== null);
