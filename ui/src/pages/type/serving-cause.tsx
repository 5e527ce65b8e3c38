import { Text } from "@mantine/core";
import type { TypeDetail } from "../../../../src/admin/contract/contract.ts";
import { Countdown } from "../../components/countdown.tsx";
import { itemTitle } from "../../components/item-title.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { reasonText } from "./reason-text.ts";
import styles from "./serving-banner.module.css";

/** Why the first choice does not serve, with all of its last error, since when, and when it is tried again. */
export function ServingCause({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const other = type.servingNow.by.find(({ how }) => how !== "first-choice");
  const first = type.items.find(
    ({ retiredAt, status, lead }) => retiredAt === null && (status !== "disable" || lead !== null),
  );
  if (other === undefined || first === undefined) return null;
  const { readiness } = first;
  // What this process sees is well where only others have the trouble.
  const isSeenHere = readiness.kind !== "ready" && readiness.kind !== "idle";
  return (
    <div className={styles.cause}>
      <Text fw={700} inherit>
        <bdi>{itemTitle(first)}</bdi>:{" "}
        {isSeenHere ? (
          reasonText(first, type, text)
        ) : (
          <TextLink href={paths.processes}>{text("type.elsewhere")}</TextLink>
        )}
      </Text>
      {isSeenHere && readiness.error !== undefined && (
        <Text size="sm" dir="auto" className={styles.error ?? ""}>
          {readiness.error}
        </Text>
      )}
      <Text size="sm" className={styles.times ?? ""}>
        <span>
          {text("overview.since")} <RelativeTime at={other.since} />
        </span>
        {isSeenHere && readiness.until !== undefined && (
          <Countdown
            label={text(readiness.kind === "failed" ? "item.retried" : "item.cooling.until")}
            until={readiness.until}
          />
        )}
      </Text>
    </div>
  );
}
