import { Code } from "@mantine/core";
import type { Hold } from "../../../../src/definition/hold.ts";
import type { Lead } from "../../../../src/definition/lead.ts";
import type { JsonValue } from "../../../../src/definition/plugin-item.ts";
import type { Status } from "../../../../src/definition/status.ts";
import { fingerprintOf } from "../../../../src/secrets/config-differences.ts";
import { StatusBadge } from "../../components/status-badge.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import styles from "./field-value.module.css";

interface FieldValueProps {
  readonly field: string;
  readonly value: JsonValue | undefined;
}

const isStatus = (value: unknown): value is Status =>
  value === "active" || value === "reserve" || value === "disable";

const isHold = (value: unknown): value is Hold =>
  typeof value === "object" && value !== null && "reason" in value && typeof value.reason === "string";

const isLead = (value: unknown): value is Lead =>
  typeof value === "object" && value !== null && "until" in value && typeof value.until === "string";

/** A field's value as people read it: a status by its word, a time by the language, nothing as "Nothing". */
export function FieldValue({ field, value }: FieldValueProps) {
  const text = useText();
  const format = useFormat();
  if (value === null || value === undefined) return <Absent>{text("history.nothing")}</Absent>;
  if (value === "") return <Absent>{text("history.empty")}</Absent>;
  const fingerprint = fingerprintOf(value);
  if (fingerprint !== undefined) return text("history.secret", { fingerprint });
  if (field === "status" && isStatus(value)) return <StatusBadge status={value} />;
  if (field === "retiredBy" && (value === "sync" || value === "operator")) {
    return text(`history.retiredBy.${value}`);
  }
  if (field === "managed" && value === "file") return text("history.managed.file");
  if (field === "retiredAt" && typeof value === "string") {
    return <time dateTime={value}>{format.dateTime(value)}</time>;
  }
  if (field === "hold" && isHold(value)) {
    const until =
      value.until === undefined
        ? text("hold.open")
        : text("hold.until", { when: format.dateTime(value.until) });
    return (
      <>
        <span className={styles.text} dir="auto">
          {value.reason}
        </span>{" "}
        <span className="dimmed">({until})</span>
      </>
    );
  }
  if (field === "lead" && isLead(value)) {
    return <time dateTime={value.until}>{text("lead.until", { when: format.dateTime(value.until) })}</time>;
  }
  if (typeof value === "number") return <span className="tabular">{format.number(value)}</span>;
  if (typeof value === "string") {
    return (
      <span className={styles.text} dir="auto">
        {value}
      </span>
    );
  }
  return (
    <Code block dir="ltr" className={styles.json ?? ""}>
      {JSON.stringify(value, null, 2)}
    </Code>
  );
}

function Absent({ children }: { readonly children: string }) {
  return <span className={styles.absent}>{children}</span>;
}
