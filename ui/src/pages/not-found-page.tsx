import { Button } from "@mantine/core";
import { Link } from "wouter";
import { EmptyState } from "../components/empty-state.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";

export default function NotFoundPage() {
  const text = useText();
  return (
    <>
      <PageTitle title={text("shell.notFound.title")} />
      <EmptyState
        title={text("shell.notFound.title")}
        hint={text("shell.notFound.hint")}
        action={
          <Button component={Link} href={paths.overview}>
            {text("shell.notFound.action")}
          </Button>
        }
      />
    </>
  );
}
