import { describeFirst, describeType, itemLabel } from "../../definition/describe.ts";
import type { PluginItem } from "../../definition/plugin-item.ts";
import { isInUse } from "../../selection/retirement.ts";
import type { TypeSnapshot } from "../../selection/snapshot.ts";
import type { RowFault } from "../../store/row-fault.ts";
import { describeFault } from "../../store/row-fault.ts";
import { type Finding, type FindingSubject, problem, warning } from "./finding.ts";
import { causesOf, type ItemTrouble, inProcesses } from "./item-troubles.ts";

/** What is known of a type whose items are looked at. */
export interface ExaminedType {
  readonly type: TypeSnapshot;
  /** How many plugins of it the code registers; undefined: it does not have the type. */
  readonly plugins: number | undefined;
  /** Whether a sync would make items of it. */
  readonly isLacking: boolean;
  /** Of its items in use. */
  readonly troubles: readonly ItemTrouble[];
  /** What keeps rows of it out of use. */
  readonly faults: readonly RowFault[];
  /** What names an item on the command line. */
  readonly operand: (item: PluginItem) => string;
}

/** Why nothing can serve a type, or else what is wrong with its items. */
export function typeFindings(examined: ExaminedType): Finding[] {
  const { type, troubles, operand } = examined;
  const inUse = type.items.filter(isInUse).length;
  if (inUse === 0) return unchosen(examined);
  const isUnserved =
    troubles.length === inUse &&
    (troubles.every(({ isUnableHere }) => isUnableHere) ||
      troubles.every(({ isUnableElsewhere }) => isUnableElsewhere));
  return isUnserved
    ? [unserved(type, troubles)]
    : troubles.flatMap((trouble) => itemFindings(trouble, type, operand));
}

function unserved({ row }: TypeSnapshot, troubles: readonly ItemTrouble[]): Finding {
  const which =
    troubles.length === 1 ? "its only item in use cannot" : `none of its ${troubles.length} items in use can`;
  return problem(
    "unserved",
    `nothing can serve ${describeType(row)}: ${which}`,
    "correct the cause, or activate another item",
    { ...subjectOf(row), causes: troubles.flatMap(causesOf) },
  );
}

/** Nothing of the type is in use. */
function unchosen({ type: { row, items }, plugins, isLacking, faults, operand }: ExaminedType): Finding[] {
  // Such a type is out of line.
  if (plugins === undefined) return [];
  const subject = `nothing can serve ${describeType(row)}`;
  const about = subjectOf(row);
  const first = items.find((item) => item.retiredAt === null);
  if (first === undefined) {
    if (isLacking) return [];
    return plugins > 0
      ? [
          warning(
            "unserved",
            `${subject}: its plugins have no items`,
            "add one with a config: npx plugbay item add",
            about,
          ),
        ]
      : [
          warning(
            "unserved",
            `${subject}: it has no plugins`,
            "register one for it, then run: npx plugbay sync",
            about,
          ),
        ];
  }
  const message = `${subject}: all of its items are disabled`;
  const [fault] = faults;
  if (fault) {
    return [problem("unserved", message, fault.fix, { ...about, causes: faults.map(describeFault) })];
  }
  const fix = `activate one: npx plugbay set ${operand(first)} --status active`;
  return [warning("unserved", message, fix, about)];
}

function itemFindings(
  { item, failures, missing, processes }: ItemTrouble,
  { row }: TypeSnapshot,
  operand: (item: PluginItem) => string,
): Finding[] {
  const about = { ...subjectOf(row), itemId: item.id };
  const fix = `correct the cause, or take it out of use: npx plugbay set ${operand(item)} --status disable`;
  const failed = [...failures].map(([message, where]) =>
    problem("item-failed", `${message}${inProcesses(where)}`, fix, about),
  );
  if (missing.length === 0) return failed;
  const subject = `item ${itemLabel(item)} of ${describeType(row)}`;
  const which = describeFirst(missing, ", ", (process) => process);
  const lacking = `${subject} is missing in ${missing.length} of ${processes} processes: ${which}`;
  return [
    ...failed,
    warning("item-missing", lacking, "finish the deployment: those processes run code without it", about),
  ];
}

const subjectOf = ({ manager, name }: TypeSnapshot["row"]): FindingSubject => ({ type: { manager, name } });
