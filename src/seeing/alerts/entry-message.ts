import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import { type AttentionEntry, gravities } from "../attention/attention-entry.ts";
import type { Remembered } from "../attention/remember.ts";
import type { AlertMessage } from "./alert-message.ts";
import type { AlertTarget } from "./alert-target.ts";

/** Whether a target wants to hear of an entry. */
export function isFor({ on }: AlertTarget, { gravity, type }: AttentionEntry): boolean {
  const isGrave = gravities.indexOf(gravity) <= gravities.indexOf(on.gravity ?? "warning");
  if (!isGrave || on.types === undefined) return isGrave;
  return on.types.some((one) => one.manager === type?.manager && one.name === type.name);
}

/** What a target is told of an entry that lasts, or has ended. */
export function entryMessage(
  { panelUrl }: AlertTarget,
  { entry, endedAt }: Remembered,
  namespace: string,
  clock: Clock,
): AlertMessage {
  const ended = endedAt === null ? undefined : new Date(endedAt).toISOString();
  return {
    type: ended === undefined ? "attention.new" : "attention.ended",
    timestamp: isoTime(clock),
    data: {
      namespace,
      entry,
      ...(ended !== undefined && { endedAt: ended }),
      ...(panelUrl !== undefined && { url: `${panelUrl}${pageOf(entry)}` }),
    },
  };
}

function pageOf({ type, item, code }: AttentionEntry): string {
  if (item && code.startsWith("item-")) return `/items/${item.id}`;
  if (type) return `/types/${type.id}`;
  return "/processes";
}
