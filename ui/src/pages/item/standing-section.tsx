import { Text } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { ReadinessBadge } from "../../components/readiness-badge.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { Section } from "../../components/section.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./standing-section.module.css";

/** Why the item is, or is not, the one that serves, with the whole text of what went wrong. */
export function StandingSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const format = useFormat();
  const { readiness, reason } = item;
  return (
    <Section
      title={text("item.why")}
      beside={<ReadinessBadge readiness={{ kind: readiness.kind }} error="none" />}
    >
      <Text size="sm">
        {reason === "cooling" && readiness.reason !== undefined
          ? text(`item.aside.${readiness.reason}`)
          : text(
              reason === "selected" && item.lead !== null
                ? "item.reason.selected.lead"
                : `item.reason.${reason}`,
            )}
      </Text>
      {readiness.failures !== undefined && (
        <Text size="sm" mt="xs" c="dimmed">
          {text("item.failures", {
            count: readiness.failures.count,
            when: format.relative(readiness.failures.at),
          })}
        </Text>
      )}
      {readiness.error !== undefined && (
        <>
          <h3 className={styles.heading}>{text("item.error")}</h3>
          <pre className={styles.error} dir="auto">
            {readiness.error}
          </pre>
        </>
      )}
      {readiness.until !== undefined && (
        <Text size="sm" mt="xs" c="dimmed">
          {text(readiness.kind === "failed" ? "item.retried" : "item.cooling.until")}{" "}
          <RelativeTime at={readiness.until} />
        </Text>
      )}
    </Section>
  );
}
