import { Button } from "@mantine/core";
import { useState } from "react";
import { ItemName } from "../../components/item-name.tsx";
import { ProcessNames } from "../../components/process-names.tsx";
import { Section } from "../../components/section.tsx";
import { useText } from "../../i18n/use-text.ts";
import { groupedMisses } from "./common-troubles.ts";
import type { ProcessInfo } from "./process-card.tsx";
import styles from "./processes.module.css";

const shownAtFirst = 5;

/** Plugins whose code is missing: one that several processes miss is told once. */
export function MissesSection({ processes }: { readonly processes: readonly ProcessInfo[] }) {
  const text = useText();
  const [isWhole, setWhole] = useState(false);
  const misses = groupedMisses(processes);
  const shown = isWhole ? misses : misses.slice(0, shownAtFirst);
  const hidden = misses.length - shown.length;
  if (misses.length === 0) return null;
  return (
    <div className={styles.failures}>
      <Section title={text("processes.missing")}>
        <p className={styles.hint}>{text("processes.missing.hint")}</p>
        <ul>
          {shown.map(({ told: plugin, processes: missing }) => (
            <li key={plugin.id}>
              <ItemName item={plugin} withModule={false} />{" "}
              <bdi className={styles.type}>
                {plugin.type.manager} / {plugin.type.name}
              </bdi>
              <ProcessNames processes={missing} of={processes.length} />
            </li>
          ))}
        </ul>
        {hidden > 0 && (
          <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
            {text("processes.more", { count: hidden })}
          </Button>
        )}
      </Section>
    </div>
  );
}
