import { Title } from "@mantine/core";
import type { ProcessList } from "../../../../src/admin/contract/contract.ts";
import { Facts } from "../../components/facts.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import type { Freshness } from "./freshness.ts";
import { FreshnessBadge } from "./freshness-badge.tsx";
import { PluginTroubles } from "./plugin-troubles.tsx";
import { processState } from "./process-state.ts";
import styles from "./processes.module.css";

export type ProcessInfo = ProcessList["processes"][number];

interface ProcessCardProps {
  readonly process: ProcessInfo;
  /** When the server told of it, by the browser's clock, in epoch milliseconds. */
  readonly toldAt: number;
  readonly freshness: Freshness;
  readonly isSilent: boolean;
}

export function ProcessCard({ process, toldAt, freshness, isSilent }: ProcessCardProps) {
  const text = useText();
  // By the browser's clock, which may be minutes off that of the database.
  const seenAt = new Date(toldAt - process.seenAgoMs).toISOString();
  const state = processState(process.state, text);
  const hints = [
    isSilent && text("processes.silent.hint"),
    !isSilent && freshness.kind === "behind" && text("processes.behind.hint"),
    !isSilent && freshness.kind === "unheard" && text("processes.unheard.hint"),
    state.hint,
    process.isThis && text("processes.this.hint"),
  ].filter((hint) => typeof hint === "string");
  return (
    <li className={process.isThis ? `${styles.process} ${styles.this}` : styles.process}>
      <div className={styles.head}>
        <Title order={2} size="h5">
          {text("processes.name", { pid: String(process.pid), host: process.host })}
        </Title>
        {process.isThis && <ToneBadge tone="info">{text("processes.this")}</ToneBadge>}
        {isSilent && <ToneBadge tone="bad">{text("processes.silent")}</ToneBadge>}
        <FreshnessBadge freshness={freshness} />
      </div>
      {hints.map((hint) => (
        <p key={hint} className={styles.hint}>
          {hint}
        </p>
      ))}
      <Facts
        facts={[
          { name: text("processes.seen"), value: <RelativeTime at={seenAt} /> },
          { name: text("processes.started"), value: <RelativeTime at={process.startedAt} /> },
          {
            name: text("processes.version"),
            value: <bdi>{process.version || text("processes.version.none")}</bdi>,
          },
          { name: text("processes.state"), value: <ToneBadge tone={state.tone}>{state.name}</ToneBadge> },
          {
            name: text("processes.revision"),
            value: <span className="tabular">{process.revision}</span>,
          },
          { name: text("processes.transport"), value: transportName(process.transport) },
        ]}
      />
      <PluginTroubles process={process} />
    </li>
  );

  function transportName(transport: string): string {
    if (transport === "listen" || transport === "redis" || transport === "poll") {
      return text(`processes.transport.${transport}`);
    }
    return transport;
  }
}
