import { useEffect, useState } from "react";
import { useFormat } from "../i18n/use-format.ts";

interface RelativeTimeProps {
  /** ISO 8601 */
  readonly at: string;
}

/** Seconds are said of what is less than a minute away, so they have to move. */
const tickMs = { near: 1_000, far: 20_000 };

/** How long ago, kept up to date; the exact time shows on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const format = useFormat();
  const [now, setNow] = useState(Date.now);
  const distance = Math.abs(Date.parse(at) - now) < 60_000 ? "near" : "far";
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs[distance]);
    return () => clearInterval(timer);
  }, [distance]);
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.relative(at, Math.max(now, Date.now()))}
    </time>
  );
}
