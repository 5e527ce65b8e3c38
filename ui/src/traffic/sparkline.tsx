import { MinuteBars } from "./minute-bars.tsx";
import { useLastHour } from "./recent-traffic.tsx";

/** The last hour of a type or an item in a list; nothing where it had no calls. */
export function Sparkline({ id }: { readonly id: string }) {
  const hour = useLastHour(id);
  if (hour === undefined) return null;
  const { calls, failures, byMinute, failuresByMinute } = hour;
  return (
    <MinuteBars total={calls} failed={failures} byMinute={byMinute} failuresByMinute={failuresByMinute} />
  );
}
