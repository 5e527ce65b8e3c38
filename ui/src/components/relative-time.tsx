import { useEffect, useState } from "react";
import { useFormat } from "../i18n/use-format.ts";

interface RelativeTimeProps {
  /** ISO 8601 */
  readonly at: string;
}

const tickMs = 20_000;

/** How long ago, kept up to date; the exact time shows on hover. */
export function RelativeTime({ at }: RelativeTimeProps) {
  const format = useFormat();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.relative(at, Math.max(now, Date.now()))}
    </time>
  );
}
