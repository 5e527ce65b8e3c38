import { Text } from "@mantine/core";
import { createColumnHelper } from "@tanstack/react-table";
import { useMemo } from "react";
import type { ItemInfo } from "../../../../src/admin/contract/contract.ts";
import { CodeName } from "../../components/code-name.tsx";
import { ItemName } from "../../components/item-name.tsx";
import { ManagedBadge } from "../../components/managed-badge.tsx";
import { ReadinessBadge } from "../../components/readiness-badge.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useText } from "../../i18n/use-text.ts";
import { LeadBadge } from "../../leads/lead-badge.tsx";
import { paths } from "../../paths.ts";
import type { PanelTable } from "../../table/table-features.ts";
import { Sparkline } from "../../traffic/sparkline.tsx";
import { DifferenceBadges, DiffersBadge } from "./difference-badges.tsx";
import { PriorityCell } from "./priority-cell.tsx";
import { SelectCell } from "./select-cell.tsx";
import { StatusCell } from "./status-cell.tsx";

const helper = createColumnHelper<PanelTable, ItemInfo>();

export function useItemColumns(withSelection: boolean) {
  const text = useText();
  return useMemo(
    () =>
      helper.columns([
        ...(withSelection
          ? [
              helper.display({
                id: "select",
                meta: { label: text("items.selection"), isLabelHidden: true },
                cell: ({ row }) => <SelectCell item={row.original} />,
              }),
            ]
          : []),
        helper.accessor("name", {
          meta: { label: text("word.item"), isCardTitle: true },
          cell: ({ row }) => (
            <>
              <ItemName item={row.original} withModule={false} />
              <LeadBadge item={row.original} />
              <ManagedBadge item={row.original} />
              <DiffersBadge item={row.original} />
            </>
          ),
        }),
        helper.accessor("module", {
          meta: { label: text("word.module"), isWide: true },
          cell: ({ getValue }) => <CodeName name={getValue()} />,
        }),
        helper.accessor((item) => item.type.name, {
          id: "type",
          meta: { label: text("word.type") },
          cell: ({ row }) => (
            <TextLink href={paths.type(row.original.typeId)}>
              <CodeName name={row.original.type.name} />
            </TextLink>
          ),
        }),
        helper.accessor((item) => item.type.manager, {
          id: "manager",
          meta: { label: text("word.manager") },
          cell: ({ getValue }) => <CodeName name={getValue()} />,
        }),
        helper.accessor("status", {
          meta: { label: text("word.status") },
          cell: ({ row }) => <StatusCell item={row.original} />,
        }),
        helper.accessor("priority", {
          meta: { label: text("word.priority") },
          cell: ({ row }) => <PriorityCell item={row.original} />,
        }),
        helper.display({
          id: "readiness",
          meta: { label: text("word.readiness") },
          cell: ({ row: { original: item } }) => (
            <ReadinessBadge readiness={item.readiness} hold={item.hold} error="none" />
          ),
        }),
        helper.display({
          id: "traffic",
          meta: { label: text("traffic.lastHour") },
          cell: ({ row }) => <Sparkline id={row.original.id} />,
        }),
        helper.display({
          id: "differsFromCode",
          meta: { label: text("item.differs"), isSpacious: true },
          cell: ({ row }) => <DifferenceBadges item={row.original} />,
        }),
        helper.accessor("updatedAt", {
          meta: { label: text("items.column.updated") },
          cell: ({ getValue }) => (
            <Text size="sm" c="dimmed" span>
              <RelativeTime at={getValue()} />
            </Text>
          ),
        }),
      ]),
    [text, withSelection],
  );
}
