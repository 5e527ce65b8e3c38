import type { Tone } from "../../components/tone-badge.tsx";
import type { Text } from "../../i18n/use-text.ts";

interface ProcessState {
  readonly name: string;
  readonly tone: Tone;
  readonly hint?: string;
}

/** What a process says of itself; a word that newer code has stays as it is. */
export function processState(state: string, text: Text): ProcessState {
  switch (state) {
    case "live":
      return { name: text("processes.state.live"), tone: "good" };
    case "stale":
      return { name: text("processes.state.stale"), tone: "bad", hint: text("processes.state.stale.hint") };
    case "bootstrapped":
      return {
        name: text("processes.state.bootstrapped"),
        tone: "bad",
        hint: text("processes.state.bootstrapped.hint"),
      };
    case "closed":
      return { name: text("processes.state.closed"), tone: "calm" };
    default:
      return { name: state, tone: "calm" };
  }
}
