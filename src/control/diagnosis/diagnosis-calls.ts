import type { JsonValue, PluginItem } from "../../definition/plugin-item.ts";
import type { ItemExplanation } from "../../selection/explanation.ts";
import type { Store } from "../../store/store.ts";
import { requireItem, requireType } from "../item-of.ts";
import { present } from "../present-item.ts";
import { bringUpToDate, type View } from "../view.ts";
import type { Diagnoser, Diagnosis } from "./diagnoser.ts";
import { explainType, type TypeExplanation } from "./explain-type.ts";
import { knowledgeOf, missesOf, type ProcessInfo, type ProcessKnowledge } from "./process-info.ts";

/** Why something serves or does not, here and in other processes. */
export interface DiagnosisCalls {
  /**
   * Why each item of a type is, or is not, selected in this process, for these arguments of its selector.
   *
   * @throws TypeNotFoundError, ClosedError
   * @example
   * const { items } = await plugbay.control.explain(typeId, ["NL"]);
   */
  explain(typeId: string, args?: readonly JsonValue[]): Promise<TypeExplanation>;

  /**
   * As `explain`, for one item.
   *
   * @throws ItemNotFoundError, ClosedError
   * @example
   * const { reason } = await plugbay.control.explainItem(item.id); // "lower-priority"
   */
  explainItem(id: string): Promise<ItemExplanation>;

  /**
   * What is wrong with the rows, the plugins and the processes, each trouble once, the gravest first: rows that were
   * edited by hand, code that was not synced, types that nothing can serve, items that fail here or in other processes,
   * or that some of them do not have. What becomes of calls is not looked at. Writes nothing, and makes no plugins; it
   * reads all rows.
   *
   * @throws ClosedError; what the database says
   * @example
   * const { problems, findings } = await plugbay.control.diagnose();
   * if (problems > 0) console.error(findings[0]?.message);
   */
  diagnose(): Promise<Diagnosis>;

  /**
   * The processes that serve from this namespace, as they last said; each says so every 15 seconds.
   *
   * @throws what the database says
   * @example
   * for (const { host, pid, state } of await plugbay.control.processes()) console.log(host, pid, state);
   */
  processes(): Promise<ProcessInfo[]>;

  /**
   * The items in use whose plugins a process does not have in its code.
   *
   * @example
   * const [oldest] = await plugbay.control.processes();
   * if (oldest) console.log(plugbay.control.missesOf(oldest).map(({ name }) => name));
   */
  missesOf(process: ProcessInfo): readonly PluginItem[];

  /**
   * Which processes have the item's plugin in their code: during a deploy, not all may.
   *
   * @throws ItemNotFoundError; what the database says
   * @example
   * const without = (await plugbay.control.whoKnows(item.id)).filter(({ knows }) => !knows);
   */
  whoKnows(id: string): Promise<ProcessKnowledge[]>;
}

export const diagnosisCalls = (view: View, store: Store, diagnoser: Diagnoser): DiagnosisCalls => ({
  async explain(typeId, args = []) {
    await bringUpToDate(view);
    return explainType(view, requireType(view.snapshot, typeId), args);
  },
  async explainItem(id) {
    await bringUpToDate(view);
    const { type, item } = requireItem(view.snapshot, id);
    const [explanation] = explainType(view, type, [], [item]).items;
    return explanation as ItemExplanation;
  },
  diagnose: () => diagnoser.run(),
  processes: async () => store.processes(),
  missesOf: (process) => missesOf(process, view.snapshot),
  async whoKnows(id) {
    await bringUpToDate(view);
    const item = present(view, id);
    const type = view.snapshot.types.get(item.typeId);
    return knowledgeOf(item, type?.row.aliases ?? [], await store.processes());
  },
});
