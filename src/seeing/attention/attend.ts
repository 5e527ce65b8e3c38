import { compareEntries, type Facts, type Found } from "./attention-entry.ts";
import { inWords } from "./entry-words.ts";
import type { Evidence } from "./evidence.ts";
import { itemEntries } from "./item-rules.ts";
import { firstNames, keyOf } from "./place.ts";
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
  return found.sort(compareEntries).slice(0, mostEntries).map(inWords);
}

const keyEntries = ({ keys, openedAt }: Evidence): Facts[] =>
  keys.map(({ id, use, items }) => {
    const details = { keyId: id, count: items };
    return use === "missing"
      ? {
          ...{ key: keyOf("key-lost", id), code: "key-lost", gravity: "critical" },
          details,
          mend: { code: "add-key", command: "npx plugbay keys check" },
          since: openedAt,
        }
      : {
          ...{ key: keyOf("key-old", id), code: "key-old", gravity: "info" },
          details,
          mend: { code: "rotate-keys", command: "npx plugbay keys rotate" },
          since: openedAt,
        };
  });

function migrationEntries({ pendingMigrations, openedAt }: Evidence): Facts[] {
  if (pendingMigrations.length === 0) return [];
  return [
    {
      ...{ key: keyOf("migrations-pending"), code: "migrations-pending", gravity: "critical" },
      details: firstNames(pendingMigrations),
      mend: { code: "migrate", command: "npx plugbay migrate" },
      since: openedAt,
    },
  ];
}
