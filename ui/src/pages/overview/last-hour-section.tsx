import { Skeleton, Text } from "@mantine/core";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { useTrafficOverview } from "../../api/queries.ts";
import { ErrorState } from "../../components/error-state.tsx";
import { type Fact, Facts } from "../../components/facts.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { MinuteBars } from "../../traffic/minute-bars.tsx";
import styles from "./overview.module.css";

const mostTroubled = 3;

/** The calls of the last hour, of all types together. */
export function LastHourSection({ types }: { readonly types: readonly TypeInfo[] }) {
  const text = useText();
  return (
    <Section title={text("traffic.lastHour")}>
      <LastHour types={types} />
      <Text size="sm" c="dimmed" mt="xs">
        {text("traffic.note")}
      </Text>
    </Section>
  );
}

function LastHour({ types }: { readonly types: readonly TypeInfo[] }) {
  const text = useText();
  const format = useFormat();
  const { data, error, refetch } = useTrafficOverview();
  if (data === undefined) {
    return error ? <ErrorState error={error} onRetry={refetch} /> : <Skeleton height={120} />;
  }
  const { total, calls, failures, troubled } = data;
  const known = troubled
    .filter((one) => one.failures > 0)
    .slice(0, mostTroubled)
    .flatMap((one) => types.find(({ id }) => id === one.typeId) ?? []);
  const facts: Fact[] = [
    { name: text("overview.calls"), value: format.number(total.calls) },
    { name: text("overview.failures"), value: format.number(total.failures) },
  ];
  if (total.rescued > 0) facts.push({ name: text("overview.rescued"), value: format.number(total.rescued) });
  if (known.length > 0) {
    facts.push({
      name: text("overview.troubled"),
      value: known.map(({ id, name }, index) => (
        <span key={id}>
          {index > 0 && " · "}
          <TextLink href={`${paths.type(id)}?tab=traffic`}>
            <bdi>{name}</bdi>
          </TextLink>
        </span>
      )),
    });
  }
  return (
    <>
      {total.calls > 0 && (
        <div className={styles.bars}>
          <MinuteBars
            total={total.calls}
            failed={total.failures}
            byMinute={calls}
            failuresByMinute={failures}
            isWide
          />
        </div>
      )}
      <Facts facts={facts} />
    </>
  );
}
