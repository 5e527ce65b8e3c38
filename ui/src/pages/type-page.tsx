import { Button, Group, Tabs, Text } from "@mantine/core";
import { Link } from "wouter";
import type { TypeDetail } from "../../../src/admin/contract/contract.ts";
import { useType } from "../api/queries.ts";
import { ErrorState } from "../components/error-state.tsx";
import { PageSkeleton } from "../components/page-skeleton.tsx";
import { PageTitle } from "../components/page-title.tsx";
import { useText } from "../i18n/use-text.ts";
import { LeadNotice } from "../leads/lead-notice.tsx";
import { leaderOf, servingAfterLead } from "../leads/own-order.ts";
import { paths } from "../paths.ts";
import { useUrlState } from "../url-state.ts";
import { AddItemButton } from "./type/add-item-button.tsx";
import { ExplainView } from "./type/explain-view.tsx";
import { OrderBoard } from "./type/order-board.tsx";
import { ServingBanner } from "./type/serving-banner.tsx";
import { LazyTimeline } from "./type/timeline/lazy-timeline.ts";
import { LazyTraffic } from "./type/traffic/lazy-traffic.ts";

/** Besides the order. */
const tabs = ["explain", "traffic", "timeline"] as const;

interface TypePageProps {
  readonly typeId: string;
}

export default function TypePage({ typeId }: TypePageProps) {
  const text = useText();
  const type = useType(typeId);
  const trail = [{ label: text("types.title"), href: paths.types }];
  if (type.data !== undefined) return <TypeView type={type.data} />;
  return (
    <>
      <PageTitle title={text("word.type")} trail={trail} />
      {type.isError ? <ErrorState error={type.error} onRetry={type.refetch} /> : <PageSkeleton />}
    </>
  );
}

function TypeView({ type }: { readonly type: TypeDetail }) {
  const text = useText();
  const leader = leaderOf(type.items);
  const next = type.hasSelector ? undefined : servingAfterLead(type.items);
  const [{ tab }, setState] = useUrlState(["tab"]);
  return (
    <>
      <PageTitle
        title={type.name}
        trail={[{ label: text("types.title"), href: paths.types }]}
        actions={
          <Group gap="xs">
            <AddItemButton type={type} />
            <Button component={Link} href={`${paths.history}?type=${type.id}`} variant="default" size="xs">
              {text("shell.history")}
            </Button>
          </Group>
        }
        beside={
          <Text c="dimmed" size="sm">
            <bdi>{type.manager}</bdi>
          </Text>
        }
      />
      {type.description !== "" && (
        <Text mb="sm">
          <bdi>{type.description}</bdi>
        </Text>
      )}
      <ServingBanner type={type} />
      {leader && <LeadNotice item={leader} next={next} />}
      <Tabs
        value={tabs.find((name) => name === tab) ?? "order"}
        onChange={(value) => setState({ tab: value === "order" || value === null ? undefined : value })}
        keepMounted={false}
      >
        <Group justify="space-between" mb="md" align="flex-end">
          <Tabs.List>
            <Tabs.Tab value="order">{text("type.tab.order")}</Tabs.Tab>
            <Tabs.Tab value="explain">{text("type.tab.explain")}</Tabs.Tab>
            <Tabs.Tab value="traffic">{text("traffic.tab")}</Tabs.Tab>
            <Tabs.Tab value="timeline">{text("timeline.tab")}</Tabs.Tab>
          </Tabs.List>
          {!type.mayWrite && (
            <Text size="sm" c="dimmed">
              {text("type.readOnly")}
            </Text>
          )}
        </Group>
        <Tabs.Panel value="order">
          <OrderBoard type={type} />
        </Tabs.Panel>
        <Tabs.Panel value="explain">
          <ExplainView type={type} />
        </Tabs.Panel>
        <Tabs.Panel value="traffic">
          <LazyTraffic type={type} />
        </Tabs.Panel>
        <Tabs.Panel value="timeline">
          <LazyTimeline type={type} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}
