import type { Status } from "../../../src/definition/status.ts";
import { useText } from "../i18n/use-text.ts";
import { type Tone, ToneBadge } from "./tone-badge.tsx";

export const statusTones: Readonly<Record<Status | "retired", Tone>> = {
  active: "good",
  reserve: "info",
  disable: "calm",
  retired: "calm",
};

interface StatusBadgeProps {
  readonly status: Status | "retired";
}

export function StatusBadge({ status }: StatusBadgeProps) {
  const text = useText();
  return <ToneBadge tone={statusTones[status]}>{text(`status.${status}`)}</ToneBadge>;
}
