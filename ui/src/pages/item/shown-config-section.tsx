import { Text } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { Facts } from "../../components/facts.tsx";
import { Section } from "../../components/section.tsx";
import { ConfigPath } from "../../config-form/config-path.tsx";
import { useText } from "../../i18n/use-text.ts";
import { configLeaves } from "./config-leaves.ts";
import { ConfigValue } from "./config-value.tsx";

/** The same as the form, for those who may only look. */
export function ShownConfigSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const leaves = [...configLeaves(item.config)];
  return (
    <Section title={text("item.config")} collapsible="item config">
      {leaves.length === 0 ? (
        <Text size="sm" c="dimmed">
          {text("config.empty")}
        </Text>
      ) : (
        <Facts
          facts={leaves.map(([path, value]) => ({
            id: path,
            name: <ConfigPath path={path} />,
            value: <ConfigValue value={value} isSecret={false} />,
          }))}
        />
      )}
    </Section>
  );
}
