import { Text } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { Section } from "../../components/section.tsx";
import { CheckButton, CheckOutcome } from "../../config-form/connection-check.tsx";
import { useText } from "../../i18n/use-text.ts";
import { useItemCheck } from "../../serve-now/use-item-check.ts";
import styles from "./item-form.module.css";

/** Tests an item that has no form to be tested from: its plugin takes no config, or a file has it. */
export function CheckSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const { start, ...check } = useItemCheck(item);
  return (
    <Section title={text("config.check.title")}>
      <Text size="sm" c="dimmed">
        {text("config.check.asItIs")}
      </Text>
      <CheckOutcome check={check} />
      <div className={styles.foot}>
        {start && <CheckButton check={{ ...check, start }} isDisabled={false} />}
      </div>
    </Section>
  );
}
