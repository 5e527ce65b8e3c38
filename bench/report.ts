/** One measured figure beside the bound it has to keep. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly limit: number;
  readonly unit: string;
}

const rows: Row[] = [];

/** Prints a figure as it comes, with its share of the bound: above 1.00 it is broken. */
export function report(row: Row): void {
  rows.push(row);
  const share = row.value === row.limit ? 1 : row.value / row.limit;
  const value = `${format(row.value)} ${row.unit}`;
  const limit = `${format(row.limit)} ${row.unit}`;
  console.log(
    `${share <= 1 ? "ok  " : "OVER"} ${row.name.padEnd(62)} ${value.padStart(14)}  of ${limit.padStart(12)}  ${share.toFixed(2)}`,
  );
}

/** The rows whose figure is over its bound. */
export const broken = (): Row[] => rows.filter((row) => row.value > row.limit);

const format = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(0));

/** Milliseconds that `work` takes. */
export async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The time in milliseconds that this process has had the processor for so far. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** The value below which `share` (0 to 1) of the samples lie. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (samples: readonly number[]): number => quantile(samples, 0.5);
