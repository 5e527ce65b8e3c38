import type { Access } from "../access.ts";
import type { Db } from "../dialect.ts";
import type { RegisterPlace } from "../register-place.ts";
import type { RowFaults } from "../row-faults.ts";
import { silentDatabase } from "../silent-database.ts";
import { sqliteDialect } from "../sqlite/sqlite-dialect.ts";
import { tableNames } from "../table-names.ts";

/** Further tables of a namespace that have nothing and keep nothing: what was noted by other processes, and for them. */
export function emptyPlace(namespace: string, faults: RowFaults): RegisterPlace {
  let db: Db | undefined;
  const use: Access["use"] = async (work) => {
    db ??= silentDatabase();
    return work(db);
  };
  const write: Access["write"] = async () => ({ kind: "failed", error: new Error("nothing is kept here") });
  const access: Access = {
    ...{ look: use, list: use, read: use, use, note: use, alter: use, write },
    life: async () => "answers",
  };
  return {
    ...{ namespace, faults, dialect: sqliteDialect, tables: tableNames() },
    guard: { isSet: false, checkChange: () => undefined, checkLast: () => undefined },
    connection: {
      use,
      answered: (work) => work(access),
      reach: (work) => work(access, openCall),
    },
  };
}

const openCall = { begin: () => undefined, within: () => undefined, commit: () => undefined };
