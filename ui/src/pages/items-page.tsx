import { useItems, useSession } from "../api/queries.ts";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { useUrlState } from "../url-state.ts";
import { itemsStateNames, queryOf } from "./items/items-query.ts";
import { ItemsView } from "./items/items-view.tsx";

export default function ItemsPage() {
  const text = useText();
  const [state, setState] = useUrlState(itemsStateNames);
  const session = useSession();
  const items = useItems(queryOf(state));
  return (
    <>
      <PageTitle title={text("items.title")} />
      {items.isError && <ErrorState error={items.error} onRetry={items.refetch} />}
      {items.data !== undefined && session.data !== undefined ? (
        <ItemsView
          session={session.data}
          list={items.data}
          state={state}
          isOld={items.isPlaceholderData}
          onChange={setState}
        />
      ) : (
        items.isPending && <PageSkeleton />
      )}
    </>
  );
}
