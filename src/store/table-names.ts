import { InvalidOptionError } from "../definition/errors.ts";

const defaultPrefix = "plugbay_";

/**
 * The names of the tables under a prefix. Queries are typed by the names with the default prefix,
 * which is why this file says that `acme_item` is `"plugbay_item"`.
 */
export interface TableNames {
  readonly prefix: string;
  readonly revision: "plugbay_revision";
  readonly change: "plugbay_change";
  readonly type: "plugbay_type";
  readonly item: "plugbay_item";
  readonly audit: "plugbay_audit";
  readonly process: "plugbay_process";
  readonly circuit: "plugbay_circuit";
  readonly attention: "plugbay_attention";
  readonly alert: "plugbay_alert";
  readonly leader: "plugbay_leader";
  readonly traffic: "plugbay_traffic";
  readonly event: "plugbay_event";
  readonly migration: "plugbay_migration";
}

export function tableNames(prefix: string = defaultPrefix): TableNames {
  if (typeof prefix !== "string" || !/^[a-z_][a-z0-9_]{0,29}$/.test(prefix)) {
    throw new InvalidOptionError(
      "prefix",
      prefix,
      "it is 1 to 30 lower-case letters, digits and underscores, and starts with no digit",
    );
  }
  return {
    prefix,
    revision: `${prefix}revision` as "plugbay_revision",
    change: `${prefix}change` as "plugbay_change",
    type: `${prefix}type` as "plugbay_type",
    item: `${prefix}item` as "plugbay_item",
    audit: `${prefix}audit` as "plugbay_audit",
    process: `${prefix}process` as "plugbay_process",
    circuit: `${prefix}circuit` as "plugbay_circuit",
    attention: `${prefix}attention` as "plugbay_attention",
    alert: `${prefix}alert` as "plugbay_alert",
    leader: `${prefix}leader` as "plugbay_leader",
    traffic: `${prefix}traffic` as "plugbay_traffic",
    event: `${prefix}event` as "plugbay_event",
    migration: `${prefix}migration` as "plugbay_migration",
  };
}
