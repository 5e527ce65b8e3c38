import type { ServedBy, ServingNow } from "../control/fleet/serving-now.ts";
import { itemLabel } from "../definition/describe.ts";
import type { ServedHow } from "../store/process-row.ts";
import { inOneLine } from "./shown-text.ts";

/** Where no process of the application says what serves. */
export const unreported: ServingNow = { processes: 0, by: [] };

/** `apps/sms:vonage in 3 of 3 processes`; both where processes differ; that none reports where none does. */
export function servesNow({ processes, by }: ServingNow): string {
  if (by.length === 0) return processes === 0 ? "no process reports" : "the processes do not say";
  const of = `of ${processes} process${processes === 1 ? "" : "es"}`;
  return by.map((one) => `${server(one)} in ${one.processes} ${of}`).join(", ");
}

function server({ item, how }: ServedBy): string {
  const name = item === undefined ? "nothing" : inOneLine(itemLabel(item));
  const way = ways[how];
  return way === "" ? name : `${name} (${way})`;
}

const ways: Readonly<Record<ServedHow, string>> = {
  "first-choice": "",
  "lower-choice": "lower choice",
  reserve: "reserve",
  "last-resort": "last resort",
  none: "",
};

/** As `--json` prints it: items by id and name. */
export const servesNowJson = ({ processes, by }: ServingNow) => ({
  processes,
  by: by.map(({ item, ...rest }) => ({
    item: item ? { id: item.id, module: item.module, name: item.name, label: item.label } : null,
    ...rest,
  })),
});
