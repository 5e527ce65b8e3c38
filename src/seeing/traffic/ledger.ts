import type { TrafficNote } from "../../store/traffic-row.ts";
import { newUuid } from "../../store/uuid.ts";
import { Counts } from "./counts.ts";

export const minuteMs = 60_000;
const hourMs = 3_600_000;

/** What the database was not told for so long is forgotten, in milliseconds. */
const longestMs = { minute: hourMs, part: 2 * hourMs };

/** What was counted of an item, of a type, or of all there is, in a minute or an hour. */
interface Cell {
  readonly typeId: string;
  readonly itemId: string;
  readonly counts: Counts;
  /** Whether there is something that the database was not told. */
  isDue: boolean;
  /** Whether it may have been told of this. */
  isSent: boolean;
}

interface Period {
  readonly unit: "minute" | "part";
  readonly startsAt: number;
  readonly writer: string;
  readonly cells: Map<string, Cell>;
  readonly troubled: Map<string, number>;
}

const lengthOf = { minute: minuteMs, part: hourMs };

/** Rows to be written, which are due again if that fails. */
export interface DueTraffic {
  readonly notes: readonly TrafficNote[];
  failed(): void;
}

/**
 * What this process has counted by minute and hour, of which each row says all so far: so a row may be written twice,
 * and one whose answer was lost is written again. A row is kept until its time is over and the database has it.
 */
export class Ledger {
  #periods: Period[] = [];
  #writer = newUuid();

  /** Adds what was counted of an item in that minute. */
  add(minute: number, typeId: string, itemId: string, counts: Counts): void {
    const hour = Math.floor(minute / hourMs) * hourMs;
    for (const period of [this.#period("minute", minute), this.#period("part", hour)]) {
      for (const [type, item] of [
        [typeId, itemId],
        [typeId, ""],
        ["", ""],
      ] as const) {
        const cell = cellOf(period, type, item);
        cell.counts.add(counts);
        cell.isDue = true;
      }
      const { failed } = counts;
      if (failed > 0) period.troubled.set(typeId, (period.troubled.get(typeId) ?? 0) + failed);
    }
  }

  /** All that the database was not told yet. */
  take(): DueTraffic {
    const taken: Cell[] = [];
    const notes: TrafficNote[] = [];
    for (const { unit, startsAt, writer, cells, troubled } of this.#periods) {
      for (const cell of cells.values()) {
        if (!cell.isDue) continue;
        cell.isDue = false;
        cell.isSent = true;
        taken.push(cell);
        const { typeId, itemId, counts } = cell;
        const isAll = unit === "minute" && typeId === "";
        notes.push({
          ...{ unit, startsAt, writer, typeId, itemId, ...counts.toStored() },
          ...(isAll && { troubled: new Map(troubled) }),
        });
      }
    }
    return {
      notes: notes.sort(byPlace),
      failed: () => {
        for (const cell of taken) cell.isDue = true;
      },
    };
  }

  /** Forgets what is over and was told, and what could not be told for too long. `minute` is the present one. */
  forget(minute: number): void {
    this.#periods = this.#periods.filter(({ unit, startsAt, writer, cells }) => {
      const isDue = [...cells.values()].some((cell) => cell.isDue);
      const isOver = startsAt + lengthOf[unit] <= minute || writer !== this.#writer;
      return isDue ? startsAt + longestMs[unit] > minute : !isOver;
    });
  }

  /**
   * From here on rows are others than those before. `isLate`: those that were sent may have been put together with
   * others by now, and are not written again.
   */
  beginAnew(isLate: boolean): void {
    this.#writer = newUuid();
    if (!isLate) return;
    for (const { cells } of this.#periods) {
      for (const cell of cells.values()) if (cell.isSent) cell.isDue = false;
    }
  }

  #period(unit: Period["unit"], startsAt: number): Period {
    const writer = this.#writer;
    const known = this.#periods.find(
      (period) => period.unit === unit && period.startsAt === startsAt && period.writer === writer,
    );
    if (known) return known;
    const period: Period = { unit, startsAt, writer, cells: new Map(), troubled: new Map() };
    this.#periods.push(period);
    return period;
  }
}

function cellOf({ cells }: Period, typeId: string, itemId: string): Cell {
  const key = itemId || typeId;
  const known = cells.get(key);
  if (known) return known;
  const cell: Cell = { typeId, itemId, counts: new Counts(), isDue: false, isSent: false };
  cells.set(key, cell);
  return cell;
}

/** In the order of the table, so that processes that write at once take its locks in the same one. */
const byPlace = (one: TrafficNote, other: TrafficNote): number =>
  compare(one.typeId, other.typeId) ||
  compare(one.unit, other.unit) ||
  compare(one.itemId, other.itemId) ||
  one.startsAt - other.startsAt;

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);
