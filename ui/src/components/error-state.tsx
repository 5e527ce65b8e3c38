import { Button, Group, Text } from "@mantine/core";
import { ApiError } from "../api/api-error.ts";
import { useText } from "../i18n/use-text.ts";
import { MissingCode } from "../missing-code.ts";
import { describeError } from "./describe-error.ts";
import { ErrorAlert } from "./error-alert.tsx";

interface ErrorStateProps {
  readonly error: unknown;
  readonly onRetry?: () => unknown;
}

/** Says what went wrong, what to do next, and offers to try again. */
export function ErrorState({ error, onRetry }: ErrorStateProps) {
  const text = useText();
  const { title, detail, hint, code } = describeError(error, text);
  const mustSignIn = error instanceof ApiError && error.status === 401;
  return (
    <ErrorAlert title={title}>
      {detail !== undefined && <Text size="sm">{detail}</Text>}
      <Text size="sm">{hint}</Text>
      <Group gap="sm">
        {(mustSignIn || error instanceof MissingCode) && (
          <Button size="xs" onClick={() => location.reload()}>
            {text("action.reload")}
          </Button>
        )}
        {onRetry && !mustSignIn && (
          <Button
            size="xs"
            variant={error instanceof MissingCode ? "default" : "filled"}
            onClick={() => void onRetry()}
          >
            {text("action.retry")}
          </Button>
        )}
        {code !== undefined && (
          <Text size="xs" c="dimmed">
            {text("error.code", { code })}
          </Text>
        )}
      </Group>
    </ErrorAlert>
  );
}
