import type { ItemDetail } from "../../../src/admin/contract/contract.ts";
import { ApiError } from "../api/api-error.ts";
import { useItem } from "../api/queries.ts";
import { ErrorState } from "../components/error-state.tsx";
import { itemTitle } from "../components/item-title.ts";
import { ManagedBadge } from "../components/managed-badge.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { StatusBadge } from "../components/status-badge.tsx";
import { ToneBadge } from "../components/tone-badge.tsx";
import { ConfigSchemaContext } from "../config-form/config-path.tsx";
import { HoldNotice } from "../holds/hold-notice.tsx";
import { useText } from "../i18n/use-text.ts";
import { LeadNotice } from "../leads/lead-notice.tsx";
import { paths } from "../paths.ts";
import { CheckSection } from "./item/check-section.tsx";
import { ConfigSection } from "./item/config-section.tsx";
import { DecisionSection } from "./item/decision-section.tsx";
import { DetailsSection } from "./item/details-section.tsx";
import { ItemActions } from "./item/item-actions.tsx";
import { ItemForm } from "./item/item-form.tsx";
import styles from "./item/item-page.module.css";
import { ItemProcessesSection } from "./item/item-processes-section.tsx";
import { MaintenanceSection } from "./item/maintenance-section.tsx";
import { ManagedNotice } from "./item/managed-notice.tsx";
import { RecentHistorySection } from "./item/recent-history-section.tsx";
import { RetiredNotice } from "./item/retired-notice.tsx";
import { ShownConfigSection } from "./item/shown-config-section.tsx";
import { StandingSection } from "./item/standing-section.tsx";

interface ItemPageProps {
  readonly itemId: string;
}

export default function ItemPage({ itemId }: ItemPageProps) {
  const text = useText();
  const { data: item, isPending, isError, error, refetch } = useItem(itemId);
  if (item === undefined) {
    return (
      <>
        <PageTitle title={text("item.title")} trail={[{ label: text("items.title"), href: paths.items }]} />
        {isPending ? <PageSkeleton /> : <ErrorState error={error} onRetry={refetch} />}
      </>
    );
  }
  const mayChange = item.mayWrite && item.managed === null;
  const hasForm = mayChange && item.plugin !== null;
  return (
    <>
      <ItemTitle item={item} />
      {/* A server that does not answer at all is told of beside the title, and by what needs it. */}
      {isError && error instanceof ApiError && <ErrorState error={error} onRetry={refetch} />}
      <RetiredNotice item={item} />
      <ManagedNotice item={item} />
      <HoldNotice item={item} />
      <LeadNotice item={item} />
      <ConfigSchemaContext value={item.plugin?.schema ?? null}>
        <div className={styles.columns}>
          <div className={styles.column}>
            {mayChange ? <ItemForm item={item} /> : <DecisionSection item={item} />}
            {item.plugin !== null &&
              (mayChange ? (
                <ConfigSection item={item} plugin={item.plugin} />
              ) : (
                <ShownConfigSection item={item} />
              ))}
            {/* A form has the test beside what it would save. */}
            {item.mayWrite && item.checkable && !hasForm && <CheckSection key={item.version} item={item} />}
            <RecentHistorySection item={item} />
          </div>
          <div className={styles.column}>
            <div className={styles.why}>
              <StandingSection item={item} />
            </div>
            <ItemProcessesSection item={item} />
            <DetailsSection item={item} />
            {item.mayWrite && <MaintenanceSection item={item} />}
          </div>
        </div>
      </ConfigSchemaContext>
    </>
  );
}

function ItemTitle({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  return (
    <PageTitle
      title={itemTitle(item)}
      trail={[
        { label: text("types.title"), href: paths.types },
        { label: item.type.name, href: paths.type(item.typeId) },
      ]}
      actions={item.mayWrite && <ItemActions item={item} />}
      beside={
        <>
          <StatusBadge status={item.retiredAt === null ? item.status : "retired"} />
          <ManagedBadge item={item} />
          {item.hold !== null && <ToneBadge tone="warn">{text("readiness.held")}</ToneBadge>}
          {item.reason === "selected" && <ToneBadge tone="good">{text("word.servingNow")}</ToneBadge>}
        </>
      }
    />
  );
}
