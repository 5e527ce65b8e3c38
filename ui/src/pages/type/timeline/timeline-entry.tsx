import type { TimelineEntryInfo } from "../../../../../src/admin/contract/contract.ts";
import { Icon } from "../../../components/icon.tsx";
import { itemTitle } from "../../../components/item-title.ts";
import { RelativeTime } from "../../../components/relative-time.tsx";
import { TextLink } from "../../../components/text-link.tsx";
import tones from "../../../components/tone.module.css";
import type { Tone } from "../../../components/tone-badge.tsx";
import { useFormat } from "../../../i18n/use-format.ts";
import { type Text, useText } from "../../../i18n/use-text.ts";
import { paths } from "../../../paths.ts";
import { summaryOf } from "../../history/summary.ts";
import styles from "./timeline.module.css";

type Happened = NonNullable<TimelineEntryInfo["event"]>;
type Change = NonNullable<TimelineEntryInfo["change"]>;

/** Something that happened, or that somebody did. */
export function TimelineEntry({ entry: { at, event, change } }: { readonly entry: TimelineEntryInfo }) {
  if (event !== null) return <EventEntry at={at} event={event} />;
  return change === null ? null : <ChangeEntry at={at} change={change} />;
}

function EventEntry({ at, event }: { readonly at: string; readonly event: Happened }) {
  const text = useText();
  const tone = toneOf(event);
  return (
    <li className={styles.entry}>
      <span className={`${styles.icon} ${tones[tone]}`}>
        <Icon name={event.kind === "switched" ? "play" : tone === "good" ? "check" : "warning"} size={14} />
      </span>
      <span className={styles.told}>
        <span>{happened(event, text)}</span>
        <span className={styles.dimmed}>
          <RelativeTime at={at} />
        </span>
      </span>
      {event.message !== null && (
        <p className={styles.beside} dir="auto">
          {event.message}
        </p>
      )}
    </li>
  );
}

function ChangeEntry({ at, change }: { readonly at: string; readonly change: Change }) {
  const text = useText();
  const format = useFormat();
  const { actor, source, reason, revision } = change;
  return (
    <li className={styles.entry}>
      <span className={`${styles.icon} ${tones.info}`}>
        <Icon name="person" size={14} />
      </span>
      <span className={styles.told}>
        <span>
          <bdi>{actor ?? text(`history.source.${source}`)}</bdi>:{" "}
          <TextLink href={paths.change(revision)}>
            <bdi>{summaryOf(change, text, format)}</bdi>
          </TextLink>
        </span>
        <span className={styles.dimmed}>
          <RelativeTime at={at} />
        </span>
      </span>
      {reason !== null && (
        <p className={styles.beside} dir="auto">
          {text("history.because", { reason })}
        </p>
      )}
    </li>
  );
}

function toneOf({ kind, item, how }: Happened): Tone {
  if (kind === "recovered") return "good";
  if (kind !== "switched" || item === null || how === "last-resort") return "bad";
  return how === "first-choice" ? "good" : "warn";
}

function happened({ kind, item, from, processes, of }: Happened, text: Text): string {
  const where =
    of === null
      ? text("timeline.inSome", { count: processes })
      : text("timeline.in", { processes, count: of });
  const purged = text("timeline.purged");
  const name = item === null ? purged : itemTitle(item);
  if (kind !== "switched") return text(`timeline.${kind}`, { item: name, where });
  const before = from === null ? purged : itemTitle(from);
  if (item === null) return text("timeline.ended", { from: before, where });
  return from === null
    ? text("timeline.began", { item: name, where })
    : text("timeline.switched", { item: name, from: before, where });
}
