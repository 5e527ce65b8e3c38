import type { Tone } from "../../components/tone-badge.tsx";
import type { Entry } from "./standing.ts";

export const gravityTones: Readonly<Record<Entry["gravity"], Tone>> = {
  critical: "bad",
  warning: "warn",
  info: "info",
};
