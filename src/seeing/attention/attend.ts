import { compareEntries, type Found } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { itemEntries } from "./item-rules.ts";
import { keyOf } from "./place.ts";
import { isSilent, processEntries } from "./process-rules.ts";
import { typeEntries } from "./type-rules.ts";

/** How many entries are told, at most. */
const mostEntries = 1_000;

/** All that an operator should look at, the gravest first, and of these the oldest. */
export function attend(evidence: Evidence): Found[] {
  const living = evidence.processes.filter((process) => !isSilent(process, evidence));
  const found = [
    ...typeEntries(evidence, living),
    ...itemEntries(evidence, living),
    ...processEntries(evidence, living),
    ...keyEntries(evidence),
    ...migrationEntries(evidence),
  ];
  return found.sort(compareEntries).slice(0, mostEntries);
}

const keyEntries = ({ keys, openedAt }: Evidence): Found[] =>
  keys.map(({ id, use, items }) => {
    const subject = `${items} item${items === 1 ? " has" : "s have"} secrets under the key ${id}`;
    return use === "missing"
      ? {
          ...{ key: keyOf("key-lost", id), code: "key-lost", gravity: "critical" },
          message: `${subject}, which is not among the keys`,
          fix: "add that key to PLUGBAY_KEYS again, or enter the secrets anew; see: npx plugbay keys check",
          since: openedAt,
        }
      : {
          ...{ key: keyOf("key-old", id), code: "key-old", gravity: "info" },
          message: `${subject}, which is no longer the first`,
          fix: "encrypt them with the first key: npx plugbay keys rotate",
          since: openedAt,
        };
  });

function migrationEntries({ pendingMigrations, openedAt }: Evidence): Found[] {
  if (pendingMigrations.length === 0) return [];
  return [
    {
      ...{ key: keyOf("migrations-pending"), code: "migrations-pending", gravity: "critical" },
      message: `the database lacks the migrations ${pendingMigrations.join(", ")}`,
      fix: "run: npx plugbay migrate",
      since: openedAt,
    },
  ];
}
