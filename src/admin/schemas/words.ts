import { statuses } from "../../definition/status.ts";
import { oneOf } from "./schema.ts";

export const status = oneOf(statuses);
export const readinessKind = oneOf(["ready", "making", "failed", "missing", "cooling", "held", "idle"]);
export const source = oneOf(["cli", "api", "admin", "sync"]);
export const reason = oneOf([
  "selected",
  "lower-priority",
  "reserve",
  "disabled",
  "retired",
  "missing",
  "making",
  "failed",
  "cooling",
  "held",
]);
export const action = oneOf(["create", "update", "rename", "retire", "restore", "hold", "release", "purge"]);
