import type { Evidence } from "../../src/seeing/attention/evidence.ts";
import { emptySnapshot, succeed } from "../../src/selection/snapshot.ts";
import type { ProcessRow } from "../../src/store/process-row.ts";
import type { ItemRow } from "../../src/store/rows.ts";
import { itemRow, rows, typeRow } from "../selection/rows.ts";

export const at = (seconds: number): string =>
  new Date(Date.parse("2030-01-01T08:00:00.000Z") + seconds * 1_000).toISOString();

export const now = Date.parse(at(3_600));

/** A process of a fleet that serves all as it should. */
export const seen = (id: string, patch: Partial<ProcessRow> = {}): ProcessRow => ({
  id,
  host: `host-${id}`,
  pid: 1,
  version: "1.0",
  state: "live",
  transport: "poll",
  revision: 7,
  plugins: sameCode,
  saysWhatServes: true,
  startedAt: at(0),
  seenAt: at(3_595),
  seenAgoMs: 5_000,
  serves: [],
  troubles: [],
  ...patch,
});

const sameCode = [{ manager: "apps/otp", type: "otp", module: "apps/channels", name: "sms" }];

/** Of the type "otp", with the items "sms" and "mail". */
export const snapshotWith = (sms: Partial<ItemRow> = {}, mail: Partial<ItemRow> = {}) =>
  succeed(
    emptySnapshot,
    rows(7, {
      types: [typeRow("otp")],
      items: [
        itemRow("otp", "sms", { priority: 1, ...sms }),
        itemRow("otp", "mail", { priority: 2, ...mail }),
      ],
    }),
  ).snapshot;

export const evidence = (processes: readonly ProcessRow[], patch: Partial<Evidence> = {}): Evidence => ({
  now,
  snapshot: snapshotWith(),
  processes,
  circuits: { now, rows: [] },
  keys: [],
  pendingMigrations: [],
  silentMs: 45_000,
  openedAt: at(0),
  missesOf: () => [],
  operand: ({ module, name }) => `${module}:${name}`,
  changedAfter: () => undefined,
  ...patch,
});
