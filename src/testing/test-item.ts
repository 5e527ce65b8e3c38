import type { PluginIdentity } from "../definition/identity.ts";
import type { JsonValue, PluginItem } from "../definition/plugin-item.ts";
import type { AnyPluginType } from "../definition/plugin-type.ts";
import { newUuid } from "../store/uuid.ts";
import { type Clock, systemClock } from "../time/clock.ts";
import { isoTime } from "../time/iso-time.ts";

/** What else there is to say of an item. */
interface Details {
  /** Default: null. */
  readonly config?: JsonValue;
  /** Default: 1. */
  readonly configVersion?: number;
  /** Default: the system's. */
  readonly clock?: Clock;
}

/** An active item that no database has. */
export function testItem(
  { manager, name: typeName }: AnyPluginType,
  { module, name }: PluginIdentity,
  { config = null, configVersion = 1, clock = systemClock }: Details = {},
): PluginItem {
  const now = isoTime(clock);
  return Object.freeze({
    ...{ id: newUuid(), type: { manager, name: typeName }, typeId: newUuid() },
    ...{ module, name, label: "", status: "active", priority: 0, description: "" },
    ...{ config, configVersion, managed: null, version: 1, revision: 0 },
    ...{ retiredAt: null, retiredBy: null, createdAt: now, updatedAt: now },
  } as const);
}
