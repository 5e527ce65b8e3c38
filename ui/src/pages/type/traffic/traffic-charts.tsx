import { useMemo } from "react";
import type { ChangeSetInfo, TypeDetail, TypeTraffic } from "../../../../../src/admin/contract/contract.ts";
import { itemTitle } from "../../../components/item-title.ts";
import { useFormat } from "../../../i18n/use-format.ts";
import { useText } from "../../../i18n/use-text.ts";
import { paths } from "../../../paths.ts";
import { summaryOf } from "../../history/summary.ts";
import { Chart, type ChartSeries } from "./chart.tsx";
import styles from "./traffic-charts.module.css";
import { useDuration } from "./use-duration.ts";

/** Those with a contrast of 3 to 1 on light and on dark; what is left over is grey. */
const colors = ["#4c6ef5", "#0f8f6f", "#9c4fd6", "#c4690c", "#c2417c", "#2a8fb5"];
const otherColor = "#868e99";
const failureColor = "#d9483b";
const rescuedColor = "#c98a12";

interface TrafficChartsProps {
  readonly type: TypeDetail;
  readonly traffic: TypeTraffic;
  readonly changes: readonly ChangeSetInfo[];
}

/** Pictures of what the tables say: calls by item, failures, durations, over one time axis. */
export function TrafficCharts({ type, traffic, changes }: TrafficChartsProps) {
  const text = useText();
  const format = useFormat();
  const duration = useDuration();
  const times = useMemo(() => {
    const since = Date.parse(traffic.since) / 1_000;
    return traffic.calls.map((_, step) => since + (step * traffic.stepMs) / 1_000);
  }, [traffic]);
  const marks = useMemo(
    () =>
      changes.map((set) => ({
        at: Date.parse(set.at) / 1_000,
        title: [set.actor, summaryOf(set, text, format)].filter(Boolean).join(": "),
        href: paths.change(set.revision),
      })),
    [changes, text, format],
  );
  const names = new Map(type.items.map((item) => [item.id, itemTitle(item)]));
  const shown = traffic.items.slice(0, colors.length);
  const others = traffic.calls.map((calls, step) =>
    shown.reduce((left, item) => left - (item.calls[step] ?? 0), calls),
  );
  const byItem: ChartSeries[] = shown.map(({ itemId, calls }, place) => ({
    label: names.get(itemId) ?? itemId,
    color: colors[place] ?? otherColor,
    values: calls,
  }));
  if (others.some((count) => count > 0)) {
    byItem.push({ label: text("traffic.others"), color: otherColor, values: others });
  }
  const failures: ChartSeries[] = [
    {
      label: text("traffic.unrescued"),
      color: failureColor,
      values: traffic.failures.map((count, step) => Math.max(0, count - (traffic.rescued[step] ?? 0))),
    },
    { label: text("traffic.rescued"), color: rescuedColor, values: traffic.rescued },
  ];
  const durations: ChartSeries[] = [
    { label: text("traffic.p50"), color: "#0f8f6f", values: traffic.p50 },
    { label: text("traffic.p95"), color: "#c4690c", values: traffic.p95 },
  ];
  return (
    <div className={styles.charts}>
      <Chart title={text("traffic.calls")} times={times} marks={marks} series={byItem} kind="stacked" />
      <Chart title={text("traffic.failures")} times={times} marks={marks} series={failures} kind="stacked" />
      <Chart
        title={text("traffic.durations")}
        times={times}
        marks={marks}
        series={durations}
        kind="lines"
        shown={duration}
      />
    </div>
  );
}
