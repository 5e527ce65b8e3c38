import { Group, Text } from "@mantine/core";
import type { HistoryEntry, TypeDetail } from "../../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../../components/item-title.ts";
import { Section } from "../../../components/section.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";
import { paths } from "../../../paths.ts";

const mostShown = 10;

interface ChangeListProps {
  readonly type: TypeDetail;
  readonly changes: readonly HistoryEntry[];
}

/** What the marks on the time axis are, the latest first. */
export function ChangeList({ type, changes }: ChangeListProps) {
  const text = useText();
  const format = useFormat();
  const href = `${paths.history}?type=${type.id}`;
  return (
    <Section
      title={text("traffic.changes")}
      beside={<TextLink href={href}>{text("traffic.changes.all")}</TextLink>}
    >
      {changes.length === 0 && <Text c="dimmed">{text("traffic.changes.none")}</Text>}
      {changes.slice(0, mostShown).map(({ id, at, item, actor, entityId }) => (
        <Group key={id} gap="sm">
          <time dateTime={at}>{format.dateTime(at)}</time>
          <TextLink href={item ? `${paths.history}?entity=${entityId}` : href}>
            <bdi>{item ? itemTitle(item) : type.name}</bdi>
          </TextLink>
          {actor !== null && (
            <Text size="sm" c="dimmed">
              <bdi>{actor}</bdi>
            </Text>
          )}
        </Group>
      ))}
    </Section>
  );
}
