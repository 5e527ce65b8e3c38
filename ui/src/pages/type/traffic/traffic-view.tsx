import { Button, Group, SegmentedControl, Text, VisuallyHidden } from "@mantine/core";
import { useMemo, useState } from "react";
import type { TypeDetail, TypeTraffic } from "../../../../../src/admin/contract/contract.ts";
import { useChangeSets, useTraffic } from "../../../api/queries.ts";
import { EmptyState } from "../../../components/empty-state.tsx";
import { ErrorState } from "../../../components/error-state.tsx";
import { PageSkeleton } from "../../../components/page-skeleton.tsx";
import { useText } from "../../../i18n/use-text.ts";
import { useUrlState } from "../../../url-state.ts";
import { ChangeList } from "./change-list.tsx";
import { ItemTable } from "./item-table.tsx";
import { StepTable } from "./step-table.tsx";
import { TrafficCharts } from "./traffic-charts.tsx";

/** What calls of a type came to: charts, and tables that say the same. */
export default function TrafficView({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const [{ range: wanted }, setState] = useUrlState(["range"]);
  const range = wanted === "14d" ? "14d" : "hour";
  const traffic = useTraffic(type.id, range);
  return (
    <>
      <Group justify="space-between" mb="md">
        <SegmentedControl
          aria-label={text("traffic.range")}
          value={range}
          onChange={(value) => setState({ range: value === "14d" ? value : undefined })}
          data={(["hour", "14d"] as const).map((value) => ({ value, label: text(`traffic.range.${value}`) }))}
        />
        <Text size="sm" c="dimmed">
          {text("traffic.note")}
        </Text>
      </Group>
      {traffic.data !== undefined ? (
        <Shown type={type} traffic={traffic.data} />
      ) : traffic.isError ? (
        <ErrorState error={traffic.error} onRetry={traffic.refetch} />
      ) : (
        <PageSkeleton rows={5} />
      )}
    </>
  );
}

function Shown({ type, traffic }: { readonly type: TypeDetail; readonly traffic: TypeTraffic }) {
  const text = useText();
  const [isTable, setTable] = useState(false);
  const history = useChangeSets({ type: type.id, since: traffic.since, limit: 100 });
  const changes = useMemo(() => history.data?.pages.flatMap((page) => page.changes) ?? [], [history.data]);
  if (traffic.total.calls === 0) {
    return (
      <>
        <EmptyState title={text("traffic.none.title")} hint={text("traffic.none.hint")} />
        <ChangeList type={type} changes={changes} />
      </>
    );
  }
  const steps = <StepTable traffic={traffic} />;
  return (
    <>
      <TrafficCharts type={type} traffic={traffic} changes={changes} />
      <Group justify="flex-end" mb="sm">
        <Button
          variant="default"
          size="compact-sm"
          aria-pressed={isTable}
          onClick={() => setTable((before) => !before)}
        >
          {text("traffic.table")}
        </Button>
      </Group>
      {isTable ? steps : <VisuallyHidden>{steps}</VisuallyHidden>}
      <ItemTable type={type} traffic={traffic} />
      <ChangeList type={type} changes={changes} />
    </>
  );
}
