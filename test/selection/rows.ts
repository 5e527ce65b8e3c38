import type { PluginItem } from "plugbay";
import { toItem } from "../../src/selection/snapshot.ts";
import { type ItemRow, noRows, type Rows, type TypeRow } from "../../src/store/rows.ts";

const times = { createdAt: "2030-01-01T00:00:00.000Z", updatedAt: "2030-01-01T00:00:00.000Z" };

export const typeRow = (name: string, patch: Partial<TypeRow> = {}): TypeRow => ({
  id: `type ${name}`,
  manager: "apps/otp",
  name,
  description: "",
  retiredAt: null,
  revision: 1,
  ...times,
  ...patch,
});

export const itemRow = (type: string, name: string, patch: Partial<ItemRow> = {}): ItemRow => ({
  id: `item ${name}`,
  typeId: `type ${type}`,
  module: "apps/channels",
  name,
  label: "",
  status: "active",
  priority: 0,
  description: "",
  config: null,
  configVersion: 1,
  managed: null,
  hold: null,
  lead: null,
  version: 1,
  revision: 1,
  retiredAt: null,
  retiredBy: null,
  ...times,
  ...patch,
});

/** An item of the type "otp", as a snapshot has it. */
export const item = (name: string, patch: Partial<ItemRow> = {}): PluginItem =>
  toItem(itemRow("otp", name, patch), { manager: "apps/otp", name: "otp" });

export const rows = (revision: number, parts: Partial<Rows>): Rows => ({
  ...noRows,
  ...parts,
  revision,
  revisionId: `r${revision}`,
});
