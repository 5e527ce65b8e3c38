import type { Status } from "../../definition/status.ts";
import type { ItemRow } from "../../store/rows.ts";

/** The row with a status, where one is given. What an operator disables serves no longer, so that ends its lead. */
export const withStatus = (row: ItemRow, status: Status | undefined): ItemRow =>
  status === undefined ? row : { ...row, status, lead: status === "disable" ? null : row.lead };
