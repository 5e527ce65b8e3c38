import type { ItemName as ItemNameInfo } from "../../../../src/admin/contract/contract.ts";
import { ItemName } from "../../components/item-name.tsx";
import { RelativeTime } from "../../components/relative-time.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import { EntryAction } from "./entry-action.tsx";
import { entryText, entryTitle, mendText } from "./entry-text.ts";
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
  const { gravity, type, item, message, fix, since, times, where, details, mend } = entry;
  const { causes = [] } = details;
  const says = entryText(entry, text, format);
  const toDo = mendText(entry, text);
  const hosts = [...new Set(where?.hosts)];
  return (
    <li className={styles.entry}>
      <div className={styles.told}>
        <div className={styles.head}>
          <ToneBadge tone={gravityTones[gravity]}>{entryTitle(entry, text)}</ToneBadge>
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
          {where !== undefined && where.of > 1 && (
            <span className={styles.dimmed}>
              {text("serving.in", { served: where.processes, count: where.of })}
            </span>
          )}
          {times > 1 && <span className={styles.dimmed}>{text("overview.times", { count: times })}</span>}
          {hosts.length > 0 && (
            <span className={styles.dimmed}>
              <TextLink href={paths.processes}>{text("overview.on", { hosts: format.list(hosts) })}</TextLink>
            </span>
          )}
        </div>
        {says === undefined ? (
          <p className={styles.message} lang="en" dir="ltr">
            {message}
          </p>
        ) : (
          <p className={styles.message}>{says}</p>
        )}
        {says !== undefined &&
          causes.map((cause) => (
            <p key={cause} className={styles.cause} dir="auto">
              {cause}
            </p>
          ))}
        <p className={styles.fix}>
          {text("overview.fix")}{" "}
          {toDo === undefined ? (
            <bdi lang="en" dir="ltr">
              {fix}
            </bdi>
          ) : (
            <>
              {toDo} {mend.command !== undefined && <code dir="ltr">{mend.command}</code>}
            </>
          )}
        </p>
      </div>
      <EntryAction entry={entry} onServe={onServe} />
    </li>
  );
}
