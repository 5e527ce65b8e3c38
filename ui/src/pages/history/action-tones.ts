import type { HistoryEntry } from "../../../../src/admin/contract/contract.ts";
import type { Tone } from "../../components/tone-badge.tsx";

export const actionTones: Readonly<Record<HistoryEntry["action"], Tone>> = {
  create: "good",
  update: "info",
  rename: "info",
  retire: "warn",
  restore: "good",
  hold: "warn",
  release: "good",
  lead: "info",
  "end-lead": "info",
  check: "calm",
  purge: "bad",
};
