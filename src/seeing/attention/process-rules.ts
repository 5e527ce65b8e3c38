import { describeFirst } from "../../definition/describe.ts";
import type { ProcessRow } from "../../store/process-row.ts";
import { processName } from "../../sync/format-held-back.ts";
import type { Found } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { earliest, keyOf, placeOf } from "./place.ts";

/** A process that says it has an older revision than was there so long before it said so does not follow, in milliseconds. */
const behindMs = 20_000;

/** Whether a process was not heard of for long: what it said last may be true no more. */
export const isSilent = ({ seenAgoMs }: ProcessRow, { silentMs }: Pick<Evidence, "silentMs">): boolean =>
  seenAgoMs > silentMs;

/** Processes that do not follow, say nothing, or have other code than the rest. `living` are those that are not silent. */
export function processEntries(evidence: Evidence, living: readonly ProcessRow[]): Found[] {
  return [
    ...silentEntries(evidence),
    ...behindEntries(evidence, living),
    ...versionEntries(evidence, living),
    ...registryEntries(evidence, living),
  ];
}

const silentEntries = (evidence: Evidence): Found[] =>
  evidence.processes
    .filter((process) => isSilent(process, evidence))
    .map((process) => ({
      ...{ key: keyOf("process-silent", process.id), code: "process-silent", gravity: "warning" },
      message: `process ${processName(process)} was last heard of at ${process.seenAt}`,
      fix: "look whether it runs and reaches the database; one that says nothing for long is taken off the list",
      since: process.seenAt,
      where: placeOf([process], evidence.processes),
    }));

function behindEntries({ now, snapshot, changedAfter }: Evidence, living: readonly ProcessRow[]): Found[] {
  const newest = Math.max(snapshot.revision, ...living.map(({ revision }) => revision));
  return living.flatMap((process): Found[] => {
    const since = process.revision < newest ? changedAfter(process.revision) : undefined;
    if (since === undefined || now - process.seenAgoMs - Date.parse(since) < behindMs) return [];
    return [
      {
        ...{ key: keyOf("process-behind", process.id), code: "process-behind", gravity: "warning" },
        message: `process ${processName(process)} serves by revision ${process.revision}, and the newest is ${newest}`,
        fix: "look at its warnings, and at its way to the database; or start it anew",
        since,
        where: placeOf([process], living),
      },
    ];
  });
}

function versionEntries({ openedAt }: Evidence, living: readonly ProcessRow[]): Found[] {
  const groups = groupsBy(living, ({ version }) => version);
  if (groups.length < 2) return [];
  const told = describeFirst(groups, ", ", ([version, some]) => `${version || "none"} (${some.length})`);
  return [
    {
      ...{ key: keyOf("versions-differ"), code: "versions-differ", gravity: "info" },
      message: `the processes are of ${groups.length} versions: ${told}`,
      fix: "finish the deployment, or take it back",
      since: sinceOf(groups, openedAt),
      where: placeOf(fewer(groups), living),
    },
  ];
}

/** Of one version, all should have the same plugins. */
function registryEntries({ openedAt }: Evidence, living: readonly ProcessRow[]): Found[] {
  return groupsBy(living, ({ version }) => version).flatMap(([version, some]): Found[] => {
    const groups = groupsBy(some, ({ plugins }) => registryOf(plugins));
    if (groups.length < 2) return [];
    const of = version === "" ? "" : ` of version ${version}`;
    return [
      {
        ...{ key: keyOf("registries-differ", version), code: "registries-differ", gravity: "warning" },
        message: `the processes${of} have ${groups.length} different sets of plugins`,
        fix: "finish the deployment, or have all of them register the same; see: npx plugbay processes --json",
        since: sinceOf(groups, openedAt),
        where: placeOf(fewer(groups), living),
      },
    ];
  });
}

type Group = readonly [key: string, processes: readonly ProcessRow[]];

/** The largest first. */
function groupsBy(processes: readonly ProcessRow[], key: (process: ProcessRow) => string): Group[] {
  const groups = new Map<string, ProcessRow[]>();
  for (const process of processes) groups.set(key(process), [...(groups.get(key(process)) ?? []), process]);
  return [...groups].sort(([, one], [, other]) => other.length - one.length);
}

const fewer = ([, ...others]: readonly Group[]): ProcessRow[] => others.flatMap(([, some]) => some);

/** Since the second group has had a process. */
function sinceOf(groups: readonly Group[], otherwise: string): string {
  const starts = groups.map(([, some]) =>
    earliest(
      some.map(({ startedAt }) => startedAt),
      otherwise,
    ),
  );
  return starts.sort()[1] ?? otherwise;
}

// Processes of the same code have the same list, and have it for as long as it does not change.
const registries = new WeakMap<ProcessRow["plugins"], string>();

function registryOf(plugins: ProcessRow["plugins"]): string {
  const known = registries.get(plugins);
  if (known !== undefined) return known;
  const names = plugins.map(({ manager, type, module, name }) =>
    JSON.stringify([manager, type, module, name]),
  );
  const registry = names.sort().join();
  registries.set(plugins, registry);
  return registry;
}
