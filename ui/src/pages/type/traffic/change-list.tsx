import { Group, Text } from "@mantine/core";
import type { ChangeSetInfo, TypeDetail } from "../../../../../src/admin/contract/contract.ts";
import { Section } from "../../../components/section.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";
import { paths } from "../../../paths.ts";
import { summaryOf } from "../../history/summary.ts";

const mostShown = 10;

interface ChangeListProps {
  readonly type: TypeDetail;
  readonly changes: readonly ChangeSetInfo[];
}

/** What the marks on the time axis are, the latest first, each a link to the change. */
export function ChangeList({ type, changes }: ChangeListProps) {
  const text = useText();
  const format = useFormat();
  return (
    <Section
      title={text("traffic.changes")}
      beside={<TextLink href={`${paths.history}?type=${type.id}`}>{text("traffic.changes.all")}</TextLink>}
    >
      {changes.length === 0 && <Text c="dimmed">{text("traffic.changes.none")}</Text>}
      {changes.slice(0, mostShown).map((set) => (
        <Group key={set.revision} gap="sm">
          <time dateTime={set.at}>{format.dateTime(set.at)}</time>
          <TextLink href={paths.change(set.revision)}>
            <bdi>{summaryOf(set, text, format)}</bdi>
          </TextLink>
          {set.actor !== null && (
            <Text size="sm" c="dimmed">
              <bdi>{set.actor}</bdi>
            </Text>
          )}
        </Group>
      ))}
    </Section>
  );
}
