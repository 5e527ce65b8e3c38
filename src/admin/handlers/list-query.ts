import type { ListQuery } from "../../control/list/list-query.ts";
import type { ItemsQuery } from "../contract/contract.ts";

/** A query of the panel in the words of `control.list`. */
export function listQuery({ retired, differsFromCode, sort, ...query }: ItemsQuery): ListQuery {
  return {
    ...query,
    ...(retired !== undefined && { retired: retired === "include" ? retired : retired === "true" }),
    ...(differsFromCode !== undefined && { differsFromCode: differsFromCode === "true" }),
    // The schema has let no other fields pass.
    ...(sort !== undefined && { sort: sort.split(",") as NonNullable<ListQuery["sort"]> }),
  };
}
