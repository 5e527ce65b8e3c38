import { createColumnHelper } from "@tanstack/react-table";
import { useMemo } from "react";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { CodeName } from "../../components/code-name.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { statuses } from "../../statuses.ts";
import type { PanelTable } from "../../table/table-features.ts";
import { Sparkline } from "../../traffic/sparkline.tsx";
import { ServingCell } from "./serving-cell.tsx";
import { TypeHealth } from "./type-health.tsx";
import { TypeName } from "./type-name.tsx";
import { problemsOf } from "./types-filter.ts";

const helper = createColumnHelper<PanelTable, TypeInfo>();

/** The columns that the list of types can be sorted by. */
export const sortableTypeColumns = ["name", "manager", ...statuses, "retired", "problems"] as const;

export function useTypeColumns() {
  const text = useText();
  const format = useFormat();
  return useMemo(
    () =>
      helper.columns([
        helper.accessor("name", {
          meta: { label: text("word.type"), isCardTitle: true },
          sortFn: "alphanumeric",
          cell: ({ row }) => <TypeName type={row.original} />,
        }),
        helper.accessor("manager", {
          meta: { label: text("word.manager"), isWide: true },
          sortFn: "alphanumeric",
          cell: ({ getValue }) => <CodeName name={getValue()} />,
        }),
        helper.display({
          id: "serving",
          meta: { label: text("word.servingNow"), isWide: true },
          cell: ({ row }) => <ServingCell type={row.original} />,
        }),
        helper.display({
          id: "traffic",
          meta: { label: text("traffic.lastHour") },
          cell: ({ row }) => <Sparkline id={row.original.id} />,
        }),
        ...([...statuses, "retired"] as const).map((status) =>
          helper.accessor((type) => type.counts[status], {
            id: status,
            meta: { label: text(`status.${status}`), isNumeric: true },
            sortFn: "basic",
            cell: ({ getValue }) => (
              <span className={getValue() === 0 ? "dimmed" : undefined}>{format.number(getValue())}</span>
            ),
          }),
        ),
        helper.accessor(problemsOf, {
          id: "problems",
          meta: { label: text("types.column.health") },
          sortFn: "basic",
          sortDescFirst: true,
          cell: ({ row }) => <TypeHealth type={row.original} />,
        }),
      ]),
    [text, format],
  );
}
