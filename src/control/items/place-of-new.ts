import { checkStatus } from "../../definition/check-status.ts";
import { describePlugin } from "../../definition/describe.ts";
import type { TypeIdentity } from "../../definition/identity.ts";
import { checkPriority } from "../../definition/priority.ts";
import type { Status } from "../../definition/status.ts";
import { UnknownTypeError } from "../../registry/errors.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import { type ConfigurablePlugin, configurable } from "../config/configurable.ts";
import type { View } from "../view.ts";
import type { Writer } from "../writing/writer.ts";
import type { NamedItem } from "./new-item.ts";

/** What a new item is of, and where it would stand. */
interface PlaceOfNew {
  readonly type: TypeSnapshot;
  readonly plugin: ConfigurablePlugin;
  /** What errors call it. */
  readonly subject: string;
  readonly status: Status;
  readonly priority: number;
}

/** @throws UnknownTypeError, ForbiddenError; InvalidStatusError, InvalidPriorityError; as `configurable` */
export function placeOfNew(
  view: View,
  writer: Writer,
  {
    type: identity,
    module,
    name,
    ...given
  }: Pick<NamedItem, "type" | "module" | "name" | "status" | "priority">,
): PlaceOfNew {
  const type = typeOf(view, identity);
  writer.checkMayChange(type.row);
  const plugin = configurable(view.registry, type.row, { module, name });
  const subject = `a new item of ${describePlugin(plugin)}`;
  const status = checkStatus(subject, given.status ?? plugin.status);
  const priority = checkPriority(subject, given.priority ?? plugin.priority);
  return { type, plugin, subject, status, priority };
}

function typeOf({ snapshot, registry }: View, { manager, name }: TypeIdentity): TypeSnapshot {
  const type = snapshot.byIdentity.get(manager, name);
  if (type === undefined || !registry.type({ manager, name })) throw new UnknownTypeError({ manager, name });
  return type;
}
