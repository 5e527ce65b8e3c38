import type { ProcessRow } from "../../store/process-row.ts";
import { processName } from "../../sync/format-held-back.ts";
import type { Facts } from "./attention-entry.ts";
import type { Evidence } from "./evidence.ts";
import { earliest, firstNames, keyOf, placeOf } from "./place.ts";

/** A process that says it has an older revision than was there so long before it said so does not follow, in milliseconds. */
const behindMs = 20_000;

/** Whether a process was not heard of for long: what it said last may be true no more. */
export const isSilent = ({ seenAgoMs }: ProcessRow, { silentMs }: Pick<Evidence, "silentMs">): boolean =>
  seenAgoMs > silentMs;

/** Processes that do not follow, say nothing, or have other code than the rest. `living` are those that are not silent. */
export function processEntries(evidence: Evidence, living: readonly ProcessRow[]): Facts[] {
  return [
    ...silentEntries(evidence),
    ...behindEntries(evidence, living),
    ...versionEntries(evidence, living),
    ...registryEntries(evidence, living),
  ];
}

const silentEntries = (evidence: Evidence): Facts[] =>
  evidence.processes
    .filter((process) => isSilent(process, evidence))
    .map((process) => ({
      ...{ key: keyOf("process-silent", process.id), code: "process-silent", gravity: "warning" },
      details: { process: processName(process) },
      mend: { code: "check-process" },
      since: process.seenAt,
      where: placeOf([process], evidence.processes),
    }));

function behindEntries({ now, snapshot, changedAfter }: Evidence, living: readonly ProcessRow[]): Facts[] {
  const newest = Math.max(snapshot.revision, ...living.map(({ revision }) => revision));
  return living.flatMap((process): Facts[] => {
    const since = process.revision < newest ? changedAfter(process.revision) : undefined;
    if (since === undefined || now - process.seenAgoMs - Date.parse(since) < behindMs) return [];
    return [
      {
        ...{ key: keyOf("process-behind", process.id), code: "process-behind", gravity: "warning" },
        details: { process: processName(process), revision: process.revision, newest },
        mend: { code: "check-warnings" },
        since,
        where: placeOf([process], living),
      },
    ];
  });
}

function versionEntries({ openedAt }: Evidence, living: readonly ProcessRow[]): Facts[] {
  const groups = groupsBy(living, ({ version }) => version);
  if (groups.length < 2) return [];
  return [
    {
      ...{ key: keyOf("versions-differ"), code: "versions-differ", gravity: "info" },
      details: firstNames(groups.map(([version, some]) => `${version || "none"} (${some.length})`)),
      mend: { code: "end-deployment" },
      since: sinceOf(groups, openedAt),
      where: placeOf(fewer(groups), living),
    },
  ];
}

/** Of one version, all should have the same plugins. */
function registryEntries({ openedAt }: Evidence, living: readonly ProcessRow[]): Facts[] {
  return groupsBy(living, ({ version }) => version).flatMap(([version, some]): Facts[] => {
    const groups = groupsBy(some, ({ plugins }) => registryOf(plugins));
    if (groups.length < 2) return [];
    return [
      {
        ...{ key: keyOf("registries-differ", version), code: "registries-differ", gravity: "warning" },
        details: { version, count: groups.length },
        mend: { code: "register-the-same", command: "npx plugbay processes --json" },
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
