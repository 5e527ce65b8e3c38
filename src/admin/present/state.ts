import type { State } from "../../following/state.ts";
import { messageOf } from "../../thrown.ts";
import type { StateInfo } from "../contract/contract.ts";

export function presentState(state: State): StateInfo {
  if (state.kind === "closed") return { kind: "closed", revision: 0, ageMs: 0, transport: "poll" };
  const { kind, revision, ageMs, transport } = state;
  const common = { kind, revision, ageMs, transport };
  if (state.kind === "live") return common;
  return { ...common, since: state.since.toISOString(), cause: messageOf(state.cause) };
}
