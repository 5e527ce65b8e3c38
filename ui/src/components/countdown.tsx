import { useEffect, useState } from "react";
import { RelativeTime } from "./relative-time.tsx";

interface CountdownProps {
  readonly label: string;
  /** ISO 8601 */
  readonly until: string;
}

/** How long until something happens; nothing once it is past, for then it is under way. */
export function Countdown({ label, until }: CountdownProps) {
  const [isAhead, setAhead] = useState(() => Date.parse(until) > Date.now());
  useEffect(() => {
    const look = () => setAhead(Date.parse(until) > Date.now());
    look();
    const timer = setInterval(look, 1_000);
    return () => clearInterval(timer);
  }, [until]);
  if (!isAhead) return null;
  return (
    <span>
      {label} <RelativeTime at={until} />
    </span>
  );
}
