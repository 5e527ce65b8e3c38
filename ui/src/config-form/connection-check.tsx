import { Button } from "@mantine/core";
import { useState } from "react";
import type { CheckRequest, CheckResult } from "../../../src/admin/contract/contract.ts";
import { useCheckConfig } from "../api/mutations.ts";
import { ErrorState } from "../components/error-state.tsx";
import { Icon } from "../components/icon.tsx";
import tones from "../components/tone.module.css";
import { useText } from "../i18n/use-text.ts";
import { isSameJson } from "../json.ts";
import type { ConfigDraft } from "./config-draft.ts";
import type { RefusedConfig } from "./config-issue.ts";
import styles from "./connection-check.module.css";
import { refusalOf } from "./refusal.ts";

export interface ConnectionCheck {
  /** Tries the config as it is in the form. */
  readonly start: () => void;
  readonly isPending: boolean;
  /** What came of it; undefined once the config was changed. */
  readonly result: CheckResult | undefined;
  readonly error: unknown;
}

/** Tries a config that is not saved. One that the schema refuses is told as when it is saved. */
export function useConnectionCheck(
  typeId: string,
  plugin: Pick<CheckRequest, "module" | "name" | "itemId">,
  draft: ConfigDraft | undefined,
  onRefused: (refused: RefusedConfig | undefined) => void,
): ConnectionCheck {
  const check = useCheckConfig(typeId);
  const [checked, setChecked] = useState<ConfigDraft>();
  const isOfDraft = checked !== undefined && isSameJson(checked.config, draft?.config);
  const refusal = refusalOf(check.error, checked?.config);
  return {
    isPending: check.isPending,
    result: isOfDraft ? check.data : undefined,
    error: isOfDraft && refusal === undefined ? check.error : null,
    start: () => {
      if (draft === undefined || check.isPending) return;
      const { config } = draft;
      setChecked(draft);
      check.mutate(
        { ...plugin, ...(config === undefined ? {} : { config }) },
        {
          onSuccess: () => onRefused(undefined),
          onError: (error) => onRefused(refusalOf(error, config)),
        },
      );
    },
  };
}

interface CheckButtonProps {
  readonly check: ConnectionCheck;
  readonly isDisabled: boolean;
}

export function CheckButton({ check, isDisabled }: CheckButtonProps) {
  const text = useText();
  return (
    <Button
      variant="default"
      leftSection={<Icon name="play" size={14} />}
      loading={check.isPending}
      disabled={isDisabled}
      onClick={check.start}
    >
      {text("config.check")}
    </Button>
  );
}

/** What the try came to; screen readers hear it when it comes. */
export function CheckOutcome({
  check: { result, error, isPending },
}: {
  readonly check: Omit<ConnectionCheck, "start">;
}) {
  const text = useText();
  return (
    <div role="status" className={styles.outcome}>
      {!isPending && result !== undefined && (
        <div className={`${styles.result} ${result.ok ? tones.good : tones.bad}`}>
          <Icon name={result.ok ? "check" : "warning"} />
          <div>
            <strong>{text(result.ok ? "config.check.ok" : "config.check.failed")}</strong>
            {result.message !== null && result.message !== "" && (
              <p className={styles.message} dir="auto">
                {result.message}
              </p>
            )}
            <p className={styles.duration}>
              {text("config.check.took", { ms: Math.round(result.durationMs) })}
            </p>
          </div>
        </div>
      )}
      {!isPending && error !== null && <ErrorState error={error} />}
    </div>
  );
}
