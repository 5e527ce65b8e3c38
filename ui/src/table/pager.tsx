import { ActionIcon, Group, Text } from "@mantine/core";
import { Icon } from "../components/icon.tsx";
import { useText } from "../i18n/use-text.ts";
import styles from "./pager.module.css";

interface PagerProps {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
  readonly total: number;
  readonly onChange: (page: number) => void;
}

export function Pager({ page, pageSize, total, onChange }: PagerProps) {
  const text = useText();
  if (total <= pageSize) return null;
  const pages = Math.ceil(total / pageSize);
  const from = (page - 1) * pageSize + 1;
  const go = (to: number) => {
    onChange(to);
    window.scrollTo({ top: 0 });
  };
  return (
    <Group gap="xs" wrap="nowrap">
      <ActionIcon
        variant="default"
        size="lg"
        disabled={page <= 1}
        aria-label={text("page.previous")}
        onClick={() => go(page - 1)}
      >
        <Icon name="chevronDown" className={styles.previous} />
      </ActionIcon>
      <Text size="sm" className="tabular">
        {text("page.range", { from, to: Math.min(page * pageSize, total), total })}
      </Text>
      <ActionIcon
        variant="default"
        size="lg"
        disabled={page >= pages}
        aria-label={text("page.next")}
        onClick={() => go(page + 1)}
      >
        <Icon name="chevronDown" className={styles.next} />
      </ActionIcon>
    </Group>
  );
}
