import { Group } from "@mantine/core";
import type { TypeInfo } from "../../../../src/admin/contract/contract.ts";
import { ToneBadge } from "../../components/tone-badge.tsx";
import { useText } from "../../i18n/use-text.ts";
import { problemsOf } from "./types-filter.ts";

const tones = { failed: "bad", missing: "bad", cooling: "warn", held: "warn" } as const;

/** How many of a type's active and reserved items cannot serve, and why. */
export function TypeHealth({ type }: { readonly type: TypeInfo }) {
  const text = useText();
  if (problemsOf(type) + type.health.held === 0) {
    return (
      <span className="dimmed">
        {text(type.health.ready === 0 ? "types.health.none" : "types.health.good")}
      </span>
    );
  }
  return (
    <Group gap={4}>
      {(["failed", "missing", "cooling", "held"] as const)
        .filter((kind) => type.health[kind] > 0)
        .map((kind) => (
          <ToneBadge key={kind} tone={tones[kind]}>
            {text(`types.health.${kind}`, { count: type.health[kind] })}
          </ToneBadge>
        ))}
    </Group>
  );
}
