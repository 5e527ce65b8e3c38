import type { Db } from "./dialect.ts";
import type { ProcessReport } from "./process-row.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReader } from "./row-reader.ts";
import { readReport } from "./stored-report.ts";
import type { TableNames } from "./table-names.ts";

/** What a process found, and whether it says all of it: older code tells only what failed. */
interface ReadReport extends ProcessReport {
  readonly mark: number | null;
  readonly saysWhatServes: boolean;
}

export const noReport: ReadReport = { mark: null, saysWhatServes: false, serves: [], troubles: [] };

/** What processes found about types and items, read in one statement where any of it has changed. */
export class ReportLists {
  #known: ReadonlyMap<string, ReadReport> = new Map();

  /** By process id, for processes whose reports have these marks; a later report where that has changed since. */
  async read(
    db: Db,
    tables: TableNames,
    marks: ReadonlyMap<string, number | string | null>,
    faults: RowFaults,
  ): Promise<ReadonlyMap<string, ReadReport>> {
    const reports = new Map<string, ReadReport>();
    const due: string[] = [];
    for (const [id, text] of marks) {
      const known = this.#known.get(id);
      if (text !== null && known?.mark === Number(text)) reports.set(id, known);
      else due.push(id);
    }
    faults.keepOnly(tables.process, marks.keys(), "report");
    if (due.length > 0) {
      const found = await db
        .selectFrom(tables.process)
        .select(["id", "started_at", "report_mark", "serves", "troubles", "failures"])
        .where("id", "in", due)
        .execute();
      const reader = new RowReader(tables.process, faults, "report");
      for (const row of found) {
        const mark = row.report_mark === null ? null : Number(row.report_mark);
        const report = reader.row(row.id, () => readReport(row, reader));
        reports.set(row.id, { ...report, mark, saysWhatServes: row.serves !== null });
      }
    }
    this.#known = reports;
    return reports;
  }
}
