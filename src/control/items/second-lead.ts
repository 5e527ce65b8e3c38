import { leadAt } from "../../definition/lead.ts";
import type { Current } from "../../store/current.ts";
import type { ItemRow } from "../../store/rows.ts";
import { ConflictError } from "../errors.ts";
import type { Writer } from "../writing/writer.ts";

interface Beside {
  /** The ids of the items whose own leads the same change decides on. */
  readonly alike: ReadonlySet<string>;
  readonly now: number;
  readonly writer: Pick<Writer, "toItem">;
}

/** Refuses a lead while another item of the type has one. @throws ConflictError */
export async function refuseSecondLead(
  current: Current,
  { typeId, id }: Pick<ItemRow, "typeId" | "id">,
  { alike, now, writer }: Beside,
): Promise<void> {
  const { items } = await current.rows();
  const others = items.filter((item) => item.typeId === typeId && item.id !== id && !alike.has(item.id));
  const leading = others.find(({ lead }) => leadAt(lead, now) !== null);
  if (leading === undefined) return;
  throw new ConflictError([writer.toItem(leading)], undefined, "is first for a while; end that before");
}
