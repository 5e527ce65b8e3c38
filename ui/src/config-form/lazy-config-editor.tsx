import { Button, Text } from "@mantine/core";
import { lazy, Suspense } from "react";
import { ErrorAlert } from "../components/error-alert.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { useText } from "../i18n/use-text.ts";
import type { ConfigEditorProps } from "./config-editor.tsx";

/** Fetched when the first form opens; without the server there is nothing to fetch it from. */
const ConfigEditor = lazy(() => import("./config-editor.tsx").catch(() => ({ default: EditorMissing })));

export function LazyConfigEditor(props: ConfigEditorProps) {
  return (
    <Suspense fallback={<PageSkeleton rows={3} />}>
      <ConfigEditor {...props} />
    </Suspense>
  );
}

function EditorMissing(_props: ConfigEditorProps) {
  const text = useText();
  return (
    <ErrorAlert title={text("error.unreachable.title")}>
      <Text size="sm">{text("error.unreachable.hint")}</Text>
      <Button size="xs" onClick={() => location.reload()}>
        {text("action.reload")}
      </Button>
    </ErrorAlert>
  );
}
