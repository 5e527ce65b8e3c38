import { Button, Group, Text } from "@mantine/core";
import { ErrorAlert } from "../components/error-alert.tsx";
import { useText } from "../i18n/use-text.ts";

/** Says that the session has ended, and leaves the page with its edits as it is. */
export function SignedOutAlert() {
  const text = useText();
  return (
    <ErrorAlert title={text("error.unauthorized.title")}>
      <Text size="sm">{text("shell.signedOut.hint")}</Text>
      <Group gap="sm">
        <Button size="xs" component="a" href={window.location.href} target="_blank" rel="noreferrer">
          {text("shell.signIn")}
        </Button>
        <Button size="xs" variant="default" onClick={() => location.reload()}>
          {text("action.reload")}
        </Button>
      </Group>
    </ErrorAlert>
  );
}
