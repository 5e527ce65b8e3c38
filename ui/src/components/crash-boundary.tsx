import { Button, Code, Text } from "@mantine/core";
import { Component, type ReactNode } from "react";
import { useText } from "../i18n/use-text.ts";
import { ErrorAlert } from "./error-alert.tsx";

interface CrashBoundaryProps {
  readonly children: ReactNode;
}

/** Keeps the rest of the panel in use where a page breaks. */
export class CrashBoundary extends Component<CrashBoundaryProps, { readonly error?: unknown }> {
  override state: { readonly error?: unknown } = {};

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    return this.state.error === undefined ? this.props.children : <Crash error={this.state.error} />;
  }
}

function Crash({ error }: { readonly error: unknown }) {
  const text = useText();
  return (
    <ErrorAlert title={text("error.crash.title")}>
      <Text size="sm">{text("error.crash.hint")}</Text>
      <Code block>{String(error)}</Code>
      <Button size="xs" onClick={() => location.reload()}>
        {text("action.reload")}
      </Button>
    </ErrorAlert>
  );
}
