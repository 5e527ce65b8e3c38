import { Text } from "@mantine/core";
import { useHistory, useProcesses } from "../api/queries.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { Diagnosis } from "./processes/diagnosis.tsx";
import { FailuresSection } from "./processes/failures-section.tsx";
import { freshnessOf } from "./processes/freshness.ts";
import { MissesSection } from "./processes/misses-section.tsx";
import { ProcessCard } from "./processes/process-card.tsx";
import styles from "./processes/processes.module.css";
import { silentProcesses } from "./processes/silent-processes.ts";

export default function ProcessesPage() {
  const text = useText();
  return (
    <>
      <PageTitle title={text("processes.title")} />
      <Processes />
    </>
  );
}

function Processes() {
  const text = useText();
  const { data, dataUpdatedAt, isPending, isError, error, refetch } = useProcesses();
  const [lastChange] = useHistory({ limit: 1 }).data?.pages[0]?.entries ?? [];
  if (isPending) return <PageSkeleton rows={3} />;
  if (data === undefined) return <ErrorState error={error} onRetry={refetch} />;
  const silent = silentProcesses(data.processes);
  return (
    <>
      {isError && <ErrorState error={error} onRetry={refetch} />}
      {data.processes.length === 0 ? (
        <EmptyState title={text("processes.none.title")} hint={text("processes.none.hint")} />
      ) : (
        <>
          <Text size="sm" c="dimmed" mb="md">
            {text("processes.intro", { count: data.processes.length, revision: String(data.revision) })}
          </Text>
          <FailuresSection processes={data.processes} />
          <MissesSection processes={data.processes} />
          <ul className={styles.list}>
            {data.processes.map((process) => (
              <ProcessCard
                key={process.id}
                process={process}
                toldAt={dataUpdatedAt}
                freshness={freshnessOf(process, data.revision, lastChange?.at)}
                isSilent={silent.has(process.id)}
              />
            ))}
          </ul>
        </>
      )}
      {data.panel && (
        <Text size="sm" c="dimmed" mt="md">
          {text("processes.panel", { pid: String(data.panel.pid), host: data.panel.host })}{" "}
          {text("processes.panel.hint")}
        </Text>
      )}
      <Diagnosis />
    </>
  );
}
