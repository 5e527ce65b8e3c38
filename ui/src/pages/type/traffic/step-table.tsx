import { Table } from "@mantine/core";
import type { TypeTraffic } from "../../../../../src/admin/contract/contract.ts";
import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";
import styles from "./traffic-charts.module.css";
import { useDuration } from "./use-duration.ts";

/** What the charts show, the latest first; times without calls are left out. */
export function StepTable({ traffic }: { readonly traffic: TypeTraffic }) {
  const text = useText();
  const format = useFormat();
  const duration = useDuration();
  const since = Date.parse(traffic.since);
  const steps = traffic.calls.flatMap((calls, step) => (calls > 0 ? step : [])).reverse();
  return (
    <Table.ScrollContainer minWidth={480} mb="md">
      <Table className={styles.table} captionSide="top" withTableBorder>
        <Table.Caption>{text("traffic.steps")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text("traffic.time")}</Table.Th>
            <Table.Th>{text("traffic.calls")}</Table.Th>
            <Table.Th>{text("traffic.failures")}</Table.Th>
            <Table.Th>{text("traffic.rescued")}</Table.Th>
            <Table.Th>{text("traffic.p50")}</Table.Th>
            <Table.Th>{text("traffic.p95")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {steps.map((step) => (
            <Table.Tr key={step}>
              <Table.Th scope="row">
                {format.dateTime(new Date(since + step * traffic.stepMs).toISOString())}
              </Table.Th>
              <Table.Td>{format.number(traffic.calls[step] ?? 0)}</Table.Td>
              <Table.Td>{format.number(traffic.failures[step] ?? 0)}</Table.Td>
              <Table.Td>{format.number(traffic.rescued[step] ?? 0)}</Table.Td>
              <Table.Td>{duration(traffic.p50[step] ?? null)}</Table.Td>
              <Table.Td>{duration(traffic.p95[step] ?? null)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
