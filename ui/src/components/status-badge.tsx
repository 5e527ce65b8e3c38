import type { Status } from "../../../src/definition/status.ts";
import { useText } from "../i18n/use-text.ts";
import { type Tone, ToneBadge } from "./tone-badge.tsx";

const tones: Readonly<Record<Status | "retired", Tone>> = {
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
  return <ToneBadge tone={tones[status]}>{text(`status.${status}`)}</ToneBadge>;
}
