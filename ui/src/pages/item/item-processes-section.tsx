import { Text } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { groupProcesses } from "../../components/group-processes.ts";
import { ProcessNames } from "../../components/process-names.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./item-processes-section.module.css";

type Knowledge = ItemDetail["processes"][number];

/** Which processes have the plugin in their code: during a deploy, not all may. */
export function ItemProcessesSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  return (
    <Section
      title={text("item.processes")}
      collapsible="item processes"
      beside={<TextLink href={paths.processes}>{text("item.processes.all")}</TextLink>}
    >
      {item.processes.length === 0 ? (
        <Text size="sm" c="dimmed">
          {text("item.processes.none")}
        </Text>
      ) : (
        <ul className={styles.list}>
          {grouped(item.processes).map(([first, ...others]) =>
            others.length === 0 ? (
              <Process key={`${first.host} ${first.pid}`} process={first} />
            ) : (
              <li key={`${first.host} ${first.pid}`}>
                <ToneBadge tone="bad">{text("item.processes.failed")}</ToneBadge>
                <FailureText failure={first.failure} />
                <ProcessNames processes={[first, ...others]} />
              </li>
            ),
          )}
        </ul>
      )}
    </Section>
  );
}

/** Those that failed in the same way together, first; each of the others by itself. */
function grouped(processes: readonly Knowledge[]): readonly (readonly [Knowledge, ...Knowledge[]])[] {
  const failed = groupProcesses(
    processes,
    ({ failure }) => (failure === undefined ? [] : [failure]),
    (failure) => failure,
  );
  const others = processes.filter(({ failure }) => failure === undefined);
  return [...failed.map((group) => group.processes), ...others.map((process) => [process] as const)];
}

function FailureText({ failure }: { readonly failure: string | undefined }) {
  return (
    <span className={styles.failure} dir="auto">
      {failure}
    </span>
  );
}

function Process({ process }: { readonly process: Knowledge }) {
  const text = useText();
  return (
    <li>
      <div className={styles.line}>
        <span>{text("item.process", { pid: String(process.pid), host: process.host })}</span>
        {process.version !== "" && (
          <span className={styles.version}>{text("item.process.version", { version: process.version })}</span>
        )}
        {standing()}
      </div>
      {process.failure !== undefined && <FailureText failure={process.failure} />}
    </li>
  );

  function standing() {
    if (!process.knows) return <ToneBadge tone="warn">{text("item.processes.knowsNot")}</ToneBadge>;
    if (process.failure !== undefined)
      return <ToneBadge tone="bad">{text("item.processes.failed")}</ToneBadge>;
    return <ToneBadge tone="good">{text("item.processes.knows")}</ToneBadge>;
  }
}
