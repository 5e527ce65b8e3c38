import { Table } from "@mantine/core";
import type {
  TrafficSummaryInfo,
  TypeDetail,
  TypeTraffic,
} from "../../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../../components/item-title.ts";
import { TextLink } from "../../../components/text-link.tsx";
import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";
import { paths } from "../../../paths.ts";
import { percentOf } from "../../../traffic/percent-of.ts";
import styles from "./traffic-charts.module.css";
import { useDuration } from "./use-duration.ts";

/** Who served how many calls. */
export function ItemTable({ type, traffic }: { readonly type: TypeDetail; readonly traffic: TypeTraffic }) {
  const text = useText();
  const names = new Map(type.items.map((item) => [item.id, itemTitle(item)]));
  return (
    <Table.ScrollContainer minWidth={560} mb="md">
      <Table className={styles.table} captionSide="top" withTableBorder>
        <Table.Caption>{text("traffic.byItem")}</Table.Caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{text("word.item")}</Table.Th>
            <Table.Th>{text("traffic.calls")}</Table.Th>
            <Table.Th>{text("traffic.failures")}</Table.Th>
            <Table.Th>{text("traffic.rescued")}</Table.Th>
            <Table.Th>{text("traffic.p50")}</Table.Th>
            <Table.Th>{text("traffic.p95")}</Table.Th>
            <Table.Th>{text("traffic.outcomes")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {traffic.items.map(({ itemId, total }) => (
            <Table.Tr key={itemId}>
              <Table.Th scope="row">
                <TextLink href={paths.item(itemId)}>
                  <bdi>{names.get(itemId) ?? itemId}</bdi>
                </TextLink>
              </Table.Th>
              <Numbers total={total} />
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Numbers({ total }: { readonly total: TrafficSummaryInfo }) {
  const text = useText();
  const format = useFormat();
  const duration = useDuration();
  const rate = format.number(percentOf(total.failures, total.calls));
  const outcomes = Object.entries(total.outcomes).map(
    ([outcome, count]) => `${outcome} ${format.number(count)}`,
  );
  return (
    <>
      <Table.Td>{format.number(total.calls)}</Table.Td>
      <Table.Td>
        {format.number(total.failures)}
        {total.failures > 0 && ` (${text("traffic.rate", { rate })})`}
      </Table.Td>
      <Table.Td>{format.number(total.rescued)}</Table.Td>
      <Table.Td>{duration(total.p50)}</Table.Td>
      <Table.Td>{duration(total.p95)}</Table.Td>
      <Table.Td>
        <bdi>{format.list(outcomes)}</bdi>
      </Table.Td>
    </>
  );
}
