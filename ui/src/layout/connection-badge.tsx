import type { StateInfo } from "../../../src/admin/contract/contract.ts";
import type { Connection } from "../api/events.ts";
import { type Tone, ToneBadge } from "../components/tone-badge.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";

interface ConnectionBadgeProps {
  readonly state: StateInfo;
  readonly connection: Connection;
}

/** Whether what the panel shows is how things are now, and if not, since when. */
export function ConnectionBadge({ state, connection }: ConnectionBadgeProps) {
  const text = useText();
  const format = useFormat();
  const { tone, label, hint } = describe();
  return (
    <span role="status" aria-label={text("shell.connection")}>
      <ToneBadge tone={tone} title={[hint, state.cause].filter(Boolean).join("\n")}>
        {label}
      </ToneBadge>
    </span>
  );

  function describe(): { readonly tone: Tone; readonly label: string; readonly hint: string } {
    if (connection === "signedOut") {
      return { tone: "bad", label: text("shell.signedOut"), hint: text("error.unauthorized.hint") };
    }
    if (connection === "lost") {
      return { tone: "warn", label: text("shell.offline"), hint: text("shell.offline.hint") };
    }
    switch (state.kind) {
      case "live":
        if (connection === "polling") {
          return { tone: "warn", label: text("shell.polling"), hint: text("shell.polling.hint") };
        }
        return {
          tone: "good",
          label: text("shell.live"),
          hint: text("shell.live.hint", { revision: String(state.revision) }),
        };
      case "stale": {
        const since = state.since ?? new Date(Date.now() - state.ageMs).toISOString();
        return {
          tone: "bad",
          label: text("shell.stale", { when: format.relative(since) }),
          hint: text("shell.stale.hint", { revision: String(state.revision) }),
        };
      }
      case "bootstrapped":
        return { tone: "bad", label: text("shell.bootstrapped"), hint: text("shell.bootstrapped.hint") };
      case "closed":
        return { tone: "bad", label: text("shell.closed"), hint: text("shell.closed.hint") };
    }
  }
}
