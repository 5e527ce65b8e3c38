import { useTypes } from "../api/queries.ts";
import { EmptyState } from "../components/empty-state.tsx";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { TypesList } from "./types/types-list.tsx";

export default function TypesPage() {
  const text = useText();
  const types = useTypes();
  return (
    <>
      <PageTitle title={text("types.title")} />
      {types.data === undefined ? (
        types.isError ? (
          <ErrorState error={types.error} onRetry={types.refetch} />
        ) : (
          <PageSkeleton />
        )
      ) : types.data.types.length === 0 ? (
        <EmptyState title={text("types.empty.title")} hint={text("types.empty.hint")} />
      ) : (
        <TypesList types={types.data.types} />
      )}
    </>
  );
}
