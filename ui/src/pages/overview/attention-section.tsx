import { Button } from "@mantine/core";
import { useState } from "react";
import type { ItemName } from "../../../../src/admin/contract/contract.ts";
import { Section } from "../../components/section.tsx";
import { useText } from "../../i18n/use-text.ts";
import { lazyServeNow } from "../../serve-now/lazy-serve-now.ts";
import { AttentionEntry } from "./attention-entry.tsx";
import styles from "./overview.module.css";
import type { Entry } from "./standing.ts";

/** More are shown when somebody asks: each asks for its type. */
const firstShown = 10;

/** What an operator should look at, the gravest first. */
export function AttentionSection({ entries }: { readonly entries: readonly Entry[] }) {
  const text = useText();
  const [isWhole, setWhole] = useState(false);
  // Here, for an entry may end while somebody decides.
  const [asked, setAsked] = useState<ItemName>();
  const shown = isWhole ? entries : entries.slice(0, firstShown);
  return (
    <Section title={text("overview.list")}>
      <ul className={styles.list}>
        {shown.map((entry) => (
          <AttentionEntry key={entry.key} entry={entry} onServe={setAsked} />
        ))}
      </ul>
      {shown.length < entries.length && (
        <Button variant="subtle" size="compact-sm" mt="xs" onClick={() => setWhole(true)}>
          {text("overview.showAll", { count: entries.length })}
        </Button>
      )}
      {asked !== undefined && <lazyServeNow.Part item={asked} onClose={() => setAsked(undefined)} />}
    </Section>
  );
}
