import { Button } from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { ItemName as ItemNameInfo } from "../../../../src/admin/contract/contract.ts";
import type { TypeIdentity } from "../../../../src/definition/identity.ts";
import { ItemName } from "../../components/item-name.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import type { ProcessInfo } from "./process-card.tsx";
import styles from "./processes.module.css";

/** The plugins that a process misses, and those it could not make ready, with what went wrong. */
export function PluginTroubles({ process }: { readonly process: ProcessInfo }) {
  const text = useText();
  const { misses } = process;
  const failures = process.troubles.filter(({ state }) => state === "failed" || state === "misconfigured");
  if (misses.length === 0 && failures.length === 0) {
    return <div className={styles.troubles}>{text("processes.healthy")}</div>;
  }
  return (
    <>
      {failures.length > 0 && (
        <div className={styles.troubles}>
          <ToneBadge tone="bad">{text("processes.failures", { count: failures.length })}</ToneBadge>
          <Plugins
            plugins={failures}
            detail={(failure) => (
              <span className={styles.message} dir="auto">
                {failure.message}
              </span>
            )}
          />
        </div>
      )}
      {misses.length > 0 && (
        <div className={styles.troubles}>
          <ToneBadge tone="warn">{text("processes.misses", { count: misses.length })}</ToneBadge>
          <p className={styles.hint}>{text("processes.misses.hint")}</p>
          <Plugins plugins={misses} />
        </div>
      )}
    </>
  );
}

type Plugin = ItemNameInfo & { readonly type: TypeIdentity };

interface PluginsProps<Entry extends Plugin> {
  readonly plugins: readonly Entry[];
  readonly detail?: (plugin: Entry) => ReactNode;
}

const shownAtFirst = 5;

function Plugins<Entry extends Plugin>({ plugins, detail }: PluginsProps<Entry>) {
  const text = useText();
  const [isWhole, setWhole] = useState(false);
  const shown = isWhole ? plugins : plugins.slice(0, shownAtFirst);
  const hidden = plugins.length - shown.length;
  return (
    <>
      <ul>
        {shown.map((plugin) => (
          <li key={plugin.id}>
            <ItemName item={plugin} withModule={false} />{" "}
            <bdi className={styles.type}>
              {plugin.type.manager} / {plugin.type.name}
            </bdi>
            {detail?.(plugin)}
          </li>
        ))}
      </ul>
      {hidden > 0 && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {text("processes.more", { count: hidden })}
        </Button>
      )}
    </>
  );
}
