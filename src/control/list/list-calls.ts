import { checkKnown } from "../../definition/known-options.ts";
import { requireType } from "../item-of.ts";
import { present } from "../present-item.ts";
import { bringUpToDate, type View } from "../view.ts";
import { type Facets, facetsOf } from "./facets.ts";
import type { Findings } from "./findings.ts";
import { listItems } from "./list-items.ts";
import { type ItemPage, type ListedItem, type ListQuery, listQueryNames } from "./list-query.ts";
import { type ListedType, typesInUse } from "./list-types.ts";

/** What there is, from this process's snapshot. */
export interface ListCalls {
  /**
   * Items by search words, filters, sort and page, from this process's snapshot. It is brought up to date first.
   * Where the database does not answer within 1.5 seconds, the last snapshot does; `plugbay.state` says how old it is.
   *
   * @throws InvalidOptionError, InvalidStatusError
   * @example
   * await plugbay.control.list({ search: "sms", status: "active", sort: ["-priority", "name"], page: 2 });
   */
  list(query?: ListQuery): Promise<ItemPage>;

  /**
   * What items can be filtered by, in the snapshot that `list` answered from.
   *
   * @example
   * const { modules } = plugbay.control.facets(); // ["apps/otp-email", "apps/otp-sms"]
   */
  facets(): Facets;

  /**
   * All types with their numbers of items per status, and how they do. Retired types are left out.
   *
   * @throws ClosedError
   * @example
   * for (const { name, counts } of await plugbay.control.types()) console.log(name, counts.active);
   */
  types(): Promise<ListedType[]>;

  /**
   * A type by its id, brought up to date as in `list`.
   *
   * @throws TypeNotFoundError, ClosedError
   * @example
   * const { serving } = await plugbay.control.getType(typeId);
   */
  getType(id: string): Promise<ListedType>;

  /**
   * An item by its id, also a retired one, brought up to date as in `list`.
   *
   * @throws ItemNotFoundError, ClosedError
   * @example
   * const { status, readiness } = await plugbay.control.getItem(itemId);
   */
  getItem(id: string): Promise<ListedItem>;
}

export const listCalls = (view: View, findings: Findings): ListCalls => ({
  async list(query = {}) {
    checkKnown("list", query, listQueryNames);
    await bringUpToDate(view);
    const { snapshot } = view;
    return listItems({ snapshot, findings, readiness: (item) => view.readiness(item) }, query);
  },
  facets: () => facetsOf(view.snapshot),
  async types() {
    await bringUpToDate(view);
    return typesInUse(view.snapshot).map((type) => findings.listed(type));
  },
  async getType(id) {
    await bringUpToDate(view);
    return findings.listed(requireType(view.snapshot, id));
  },
  async getItem(id) {
    await bringUpToDate(view);
    return present(view, id);
  },
});
