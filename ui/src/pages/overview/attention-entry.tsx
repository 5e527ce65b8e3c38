import type { ItemName as ItemNameInfo } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { EntryAction } from "./entry-action.tsx";
import { gravityTones } from "./gravity-tones.ts";
import styles from "./overview.module.css";
import type { Entry } from "./standing.ts";

interface AttentionEntryProps {
  readonly entry: Entry;
  readonly onServe: (item: ItemNameInfo) => void;
}

/** What is the matter, since when, where, what to do about it, and the button that does it. */
export function AttentionEntry({ entry, onServe }: AttentionEntryProps) {
  const text = useText();
  const format = useFormat();
  const { code, gravity, type, item, message, fix, since, times, where } = entry;
  const hosts = [...new Set(where?.hosts)];
  return (
    <li className={styles.entry}>
      <div className={styles.told}>
        <div className={styles.head}>
          <ToneBadge tone={gravityTones[gravity]}>
            {isCode(code) ? text(`attention.${code}`) : code}
          </ToneBadge>
          {type !== undefined && (
            <TextLink href={paths.type(type.id)} isStrong>
              <bdi>
                {type.manager} / {type.name}
              </bdi>
            </TextLink>
          )}
          {item !== undefined && <ItemName item={item} withModule={false} />}
          <span className={styles.dimmed}>
            {text("overview.since")} <RelativeTime at={since} />
          </span>
          {times > 1 && <span className={styles.dimmed}>{text("overview.times", { count: times })}</span>}
          {hosts.length > 0 && (
            <span className={styles.dimmed}>
              <TextLink href={paths.processes}>{text("overview.on", { hosts: format.list(hosts) })}</TextLink>
            </span>
          )}
        </div>
        <p className={styles.message} lang="en" dir="ltr">
          {message}
        </p>
        <p className={styles.fix}>
          {text("overview.fix")}{" "}
          <bdi lang="en" dir="ltr">
            {fix}
          </bdi>
        </p>
      </div>
      <EntryAction entry={entry} onServe={onServe} />
    </li>
  );
}

const codes = [
  "unserved",
  "last-resort",
  "on-reserve",
  "lower-choice",
  "item-failed",
  "item-circuit",
  "item-unauthorized",
  "item-exhausted",
  "item-missing",
  "hold-ending",
  "key-lost",
  "key-old",
  "process-behind",
  "process-silent",
  "versions-differ",
  "registries-differ",
  "migrations-pending",
] as const;

/** A server of a later version may know more of them. */
const isCode = (code: string): code is (typeof codes)[number] => (codes as readonly string[]).includes(code);
