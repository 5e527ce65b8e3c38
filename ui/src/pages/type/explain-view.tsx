import { Text } from "@mantine/core";
import { useState } from "react";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { ItemName } from "../../components/item-name.tsx";
import { ReadinessBadge } from "../../components/readiness-badge.tsx";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { LeadBadge } from "../../leads/lead-badge.tsx";
import styles from "./explain-view.module.css";
import { reasonText } from "./reason-text.ts";
import { TryArguments } from "./try-arguments.tsx";

interface ExplainViewProps {
  readonly type: TypeDetail;
}

/** Says for every item why it is or is not chosen; for a selector, with arguments of the operator's choice. */
export function ExplainView({ type }: ExplainViewProps) {
  const text = useText();
  const [tried, setTried] = useState<TypeDetail>();
  const explained = tried ?? type;
  return (
    <>
      {type.hasSelector && type.isRegistered && <TryArguments type={type} onTried={setTried} />}
      {explained.items.length === 0 ? (
        <EmptyState title={text("type.lane.empty")} hint={text("type.explain.empty")} />
      ) : (
        <ol className={styles.items}>
          {explained.items.map((item) => (
            <li key={item.id} className={item.reason === "selected" ? styles.selected : undefined}>
              <div className={styles.name}>
                <ItemName item={item} />
              </div>
              <div className={styles.badges}>
                <StatusBadge status={item.retiredAt === null ? item.status : "retired"} />
              </div>
              <div className={styles.why}>
                <Text size="sm" {...(item.reason === "selected" ? { fw: 600 } : {})}>
                  {reasonText(item, explained, text)}
                </Text>
                <LeadBadge item={item} />
                {item.readiness.kind !== "ready" && item.readiness.kind !== "idle" && (
                  <ReadinessBadge readiness={item.readiness} hold={item.hold} error="whole" />
                )}
              </div>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
