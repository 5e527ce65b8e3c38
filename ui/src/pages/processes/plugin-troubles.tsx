import { Button } from "@mantine/core";
import { useState } from "react";
import type { ItemName as ItemNameInfo } from "../../../../src/admin/contract/contract.ts";
import type { TypeIdentity } from "../../../../src/definition/identity.ts";
import { ItemName } from "../../components/item-name.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { failuresOf } from "./common-troubles.ts";
import type { ProcessInfo } from "./process-card.tsx";
import styles from "./processes.module.css";

/** How many plugins failed in a process, and how many it misses: which, and where else, is told above all cards. */
export function PluginTroubles({ process }: { readonly process: ProcessInfo }) {
  const text = useText();
  const { misses } = process;
  const failures = failuresOf(process);
  if (misses.length === 0 && failures.length === 0) {
    return <div className={styles.troubles}>{text("processes.healthy")}</div>;
  }
  return (
    <>
      {failures.length > 0 && (
        <div className={styles.troubles}>
          <ToneBadge tone="bad">{text("processes.failures", { count: failures.length })}</ToneBadge>
          <Plugins plugins={failures} />
        </div>
      )}
      {misses.length > 0 && (
        <div className={styles.troubles}>
          <ToneBadge tone="warn">{text("processes.misses", { count: misses.length })}</ToneBadge>
        </div>
      )}
    </>
  );
}

type Plugin = ItemNameInfo & { readonly type: TypeIdentity };

const shownAtFirst = 5;

function Plugins({ plugins }: { readonly plugins: readonly Plugin[] }) {
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
