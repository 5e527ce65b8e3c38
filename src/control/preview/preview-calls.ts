import type { RowChange } from "../../store/change.ts";
import { newItemRow } from "../../store/new-row.ts";
import type { Store } from "../../store/store.ts";
import { newUuid } from "../../store/uuid.ts";
import type { ConfigWriter } from "../config/config-writer.ts";
import { planUndoing } from "../history/revert-all.ts";
import { codeBy } from "../items/bulk-action.ts";
import { checkUpdates } from "../items/check-updates.ts";
import { ItemsChoice } from "../items/chosen-items.ts";
import { firstOf, leadOf, servingBeside } from "../items/first-choice.ts";
import { orderRows } from "../items/order-rows.ts";
import { placeOfNew } from "../items/place-of-new.ts";
import { withStatus } from "../items/with-status.ts";
import type { Findings } from "../list/findings.ts";
import { bringUpToDate, type View } from "../view.ts";
import { changeOf } from "../writing/change-of.ts";
import type { ChangePlan } from "../writing/change-plan.ts";
import type { Writer } from "../writing/writer.ts";
import { currentBySnapshot } from "./current-by-snapshot.ts";
import type { Preview } from "./preview.ts";
import { previewOf } from "./preview-change.ts";
import {
  actionOf,
  checkPreviewed,
  editOf,
  type PreviewedChange,
  type PreviewedItem,
} from "./previewed-change.ts";

/** What a change would do, before it is made. */
export interface PreviewCalls {
  /**
   * What a change would do to the calls of the types that it touches: which would be served by another item, and which
   * by nothing. It is refused what the change would be refused, but for what schemas say of a config. By this process's
   * snapshot, which is brought up to date as in `list`, and by what this process, or for one that only shows the panel
   * the application's processes, found about the items. Writes nothing, and makes nothing.
   *
   * @throws as the change; InvalidOptionError, UnknownOptionError
   * @example
   * const { types } = await plugbay.control.preview({ items: [twilio.id], action: "disable" });
   * for (const { type, before, after } of types) console.log(type.name, before?.name, "->", after?.name);
   */
  preview(change: PreviewedChange): Promise<Preview>;
}

interface Parts {
  readonly view: View;
  readonly store: Store;
  readonly writer: Writer;
  readonly configs: ConfigWriter;
  readonly findings: Findings;
}

export const previewCalls = (parts: Parts): PreviewCalls => ({
  async preview(change) {
    checkPreviewed(change);
    const { view, writer } = parts;
    await bringUpToDate(view);
    const { changes, remade } = await planned(parts, change);
    return previewOf(view, {
      changes: changes.flatMap(({ entity, before, after }) =>
        entity === "item" && after
          ? [{ before: before ? writer.toItem(before) : undefined, after: writer.toItem(after) }]
          : [],
      ),
      remade,
    });
  },
});

/** What would be written, and the items that would get another config. */
async function planned(parts: Parts, change: PreviewedChange) {
  if ("revert" in change) {
    const { changes, undoings } = await planUndoing(parts, change.revert);
    return { changes, remade: new Set(undoings.flatMap(({ edits }) => [...edits.configs.keys()])) };
  }
  if ("add" in change) return { changes: [addition(parts, change.add)], remade: new Set<string>() };
  const { changes } = await plan(parts, change);
  const remade = "updates" in change ? change.updates.filter(({ config }) => config !== undefined) : [];
  return { changes, remade: new Set(remade.map(({ id }) => id)) };
}

/** The change that adds an item, under an id that nothing has yet. */
function addition({ view, writer }: Parts, item: PreviewedItem): RowChange {
  const { type, plugin, status, priority } = placeOfNew(view, writer, item);
  const { module, name } = plugin;
  const after = newItemRow({
    ...{ id: newUuid(), typeId: type.row.id, module, name, label: "", status, priority },
    ...{ description: "", config: null, configVersion: plugin.configVersion },
  });
  return { entity: "item", action: "create", before: null, after };
}

/** What the call that makes the change would write, over the rows that the snapshot has. */
function plan(
  { view, store, writer, findings }: Parts,
  change: Exclude<PreviewedChange, { readonly revert: unknown } | { readonly add: unknown }>,
): Promise<ChangePlan> {
  const current = currentBySnapshot(view.snapshot);
  if ("order" in change) {
    const { order, status } = change;
    return writer.plan(async () => {
      const rows = await writer.find(current, order);
      return orderRows(rows, { status, typeId: undefined }, (row) => writer.toItem(row));
    }, current);
  }
  if ("first" in change) {
    const { first, ...end } = change;
    const lead = leadOf(end, "", store);
    const ids = [first, ...servingBeside(view, first)];
    return writer.plan(
      async () => firstOf(await writer.find(current, ids), lead, { store, writer }),
      current,
    );
  }
  if ("updates" in change) {
    const { patches, versions } = checkUpdates(change.updates);
    return writer.plan(async () => {
      const rows = await writer.find(current, [...patches.keys()], versions);
      return rows.flatMap((row) => {
        // What a config says may be a secret, and decides nothing here but that the instance is another one.
        const { config, ...patch } = patches.get(row.id) ?? {};
        const after = { ...withStatus(row, patch.status), ...patch };
        return config === undefined
          ? changeOf("update", row, after)
          : [{ entity: "item", action: "update", before: row, after }];
      });
    }, current);
  }
  const choice = new ItemsChoice(change.items, view, findings);
  const edit = editOf(change.action, store.clock, codeBy(writer, view.registry));
  return writer.planEdit(() => choice.ids(current, true), actionOf(change.action), edit, {
    current,
    versions: choice.versions,
  });
}
