import { useComputedColorScheme } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import { createPortal } from "react-dom";
import UPlot from "uplot";
import "uplot/dist/uPlot.min.css";
import { useLanguage } from "../../../i18n/language-context.ts";
import { regionalTag } from "../../../i18n/languages.ts";
import { type Format, useFormat } from "../../../i18n/use-format.ts";
import { ChartCursor } from "./chart-cursor.tsx";
import { type ChartMark, ChartMarks } from "./chart-marks.tsx";
import styles from "./traffic-charts.module.css";

/** One item, or one sort of figure. */
export interface ChartSeries {
  readonly label: string;
  readonly color: string;
  readonly values: readonly (number | null)[];
}

interface ChartProps {
  readonly title: string;
  /** The beginning of each step, in seconds. */
  readonly times: readonly number[];
  readonly marks: readonly ChartMark[];
  readonly series: readonly ChartSeries[];
  readonly kind: "stacked" | "lines";
  /** How a value is said. Default: as a number. */
  readonly shown?: (value: number | null) => string;
}

const height = 150;

/** Bars on each other, or lines, over time, which runs to the right in all languages. */
export function Chart({ title, times, marks, series, kind, shown }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const plot = useRef<UPlot | undefined>(undefined);
  /** What lies over the picture, and hears the pointer. */
  const [over, setOver] = useState<HTMLElement>();
  /** The step under the pointer. */
  const [pointed, setPointed] = useState<number>();
  const latestShown = useRef(shown);
  latestShown.current = shown;
  const { language } = useLanguage();
  const format = useFormat();
  const scheme = useComputedColorScheme();
  const data: UPlot.AlignedData = [
    [...times],
    ...(kind === "stacked" ? stacked(series) : series.map(({ values }) => [...values])),
  ];
  const latestData = useRef(data);
  latestData.current = data;
  const shape = JSON.stringify(series.map(({ label, color }) => [label, color]));

  // biome-ignore lint/correctness/useExhaustiveDependencies: drawn anew where the language, the colours or what is shown are others
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const { color } = getComputedStyle(element);
    const grid = { stroke: scheme === "dark" ? "#343940" : "#dfe3e8", width: 1 };
    const region = regionalTag(language);
    const time = new Intl.DateTimeFormat(region, { hour: "2-digit", minute: "2-digit" });
    const day = new Intl.DateTimeFormat(region, { day: "numeric", month: "short" });
    const said = (value: number | null): string => say(value, latestShown.current, format);
    const made = new UPlot(
      {
        width: element.clientWidth,
        height,
        cursor: {
          sync: { key: "traffic" },
          drag: { x: false, y: false },
          points: { show: false },
          // By default moves over children, which the marks are, are not heard.
          bind: { mousemove: (_, __, handle) => handle },
        },
        legend: { show: false },
        scales: {
          x: { range: (_, first) => [first, endOf(latestData.current[0])] },
          y: { range: (_, __, most) => [0, Math.max(most, 1) * 1.05] },
        },
        axes: [
          {
            stroke: color,
            grid: { show: false },
            values: (_, splits) =>
              splits.map((at) => (at % 86_400 === 0 || isDays(times) ? day : time).format(at * 1_000)),
          },
          { stroke: color, grid, size: 70, values: (_, splits) => splits.map(said) },
        ],
        series: [
          {},
          ...series.map((one) => ({
            label: one.label,
            stroke: one.color,
            ...(kind === "stacked"
              ? {
                  fill: one.color,
                  width: 0,
                  paths: UPlot.paths.bars?.({ size: [0.8, 20], align: 1 }) ?? null,
                }
              : { width: 1.5, spanGaps: false }),
            points: { show: kind === "lines", size: 3 },
          })),
        ],
        hooks: { setCursor: [(drawn) => setPointed(stepAt(drawn, latestData.current[0]))] },
      } as UPlot.Options,
      latestData.current,
      element,
    );
    plot.current = made;
    setOver(made.over);
    const sized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    sized.observe(element);
    return () => {
      sized.disconnect();
      made.destroy();
    };
  }, [shape, kind, language, scheme, isDays(times)]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: what is drawn follows from these
  useEffect(() => plot.current?.setData(latestData.current), [times, series]);

  const whenOf = (step: number) => format.dateTime(new Date((times[step] ?? 0) * 1_000).toISOString());
  const readOutOf = ({ values }: ChartSeries, step: number) => say(values[step] ?? null, shown, format);
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption} aria-hidden>
        <strong>{title}</strong>
        {series.map((one) => (
          <span key={one.label} className={styles.key}>
            <svg className={styles.swatch} aria-hidden="true" viewBox="0 0 8 8">
              <rect width="8" height="8" rx="2" fill={one.color} />
            </svg>
            <bdi>{one.label}</bdi>
            <bdi className={styles.value}>{pointed !== undefined && readOutOf(one, pointed)}</bdi>
          </span>
        ))}
        <span className={styles.when}>{pointed !== undefined && whenOf(pointed)}</span>
      </figcaption>
      <div className={styles.frame}>
        <div ref={place} className={styles.plot} dir="ltr" aria-hidden />
        <ChartCursor
          title={title}
          count={times.length}
          pointed={pointed}
          said={(step) =>
            [whenOf(step), ...series.map((one) => `${one.label}: ${readOutOf(one, step)}`)].join("; ")
          }
          onPoint={(step) => pointAt(plot.current, step)}
        />
      </div>
      {over !== undefined &&
        createPortal(<ChartMarks marks={marks} from={times[0] ?? 0} to={endOf(times)} />, over)}
    </figure>
  );
}

const say = (value: number | null, shown: ChartProps["shown"], format: Format): string =>
  shown?.(value) ?? (value === null ? "–" : format.number(value));

/** The step at whose time the pointer is; undefined where it is elsewhere. */
function stepAt(plot: UPlot, times: Times): number | undefined {
  const { left = -1 } = plot.cursor;
  const step = stepOf(times);
  if (left < 0 || step <= 0) return undefined;
  const at = Math.floor((plot.posToVal(left, "x") - (times[0] ?? 0)) / step);
  return at >= 0 && at < times.length ? at : undefined;
}

/** Puts the cursor on a step, as the pointer would, also of the charts below and above. */
function pointAt(plot: UPlot | undefined, step: number | undefined): void {
  if (plot === undefined) return;
  const times = plot.data[0];
  const at = step === undefined ? undefined : (times[step] ?? 0) + stepOf(times) / 2;
  const left = at === undefined ? -10 : plot.valToPos(at, "x");
  const move: (to: { left: number; top: number }, fire: boolean, publish: boolean) => void = plot.setCursor;
  move({ left, top: at === undefined ? -10 : height / 3 }, true, true);
}

const isDays = (times: readonly number[]): boolean => (times.at(-1) ?? 0) - (times[0] ?? 0) > 2 * 86_400;

type Times = ArrayLike<number>;

const stepOf = (times: Times): number => (times[1] ?? 0) - (times[0] ?? 0);

/** When the last step ends. */
const endOf = (times: Times): number => (times[times.length - 1] ?? 0) + stepOf(times);

/** The first is the highest, for all below it are drawn over it. */
function stacked(series: readonly ChartSeries[]): number[][] {
  const length = series[0]?.values.length ?? 0;
  const sums = new Array<number>(length).fill(0);
  return series
    .toReversed()
    .map(({ values }) => {
      values.forEach((value, step) => {
        sums[step] = (sums[step] ?? 0) + (value ?? 0);
      });
      return [...sums];
    })
    .toReversed();
}
