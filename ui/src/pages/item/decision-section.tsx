import { Input, Text } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { Section } from "../../components/section.tsx";
import { useText } from "../../i18n/use-text.ts";
import { FieldValue } from "../history/field-value.tsx";
import { CodeValue } from "./code-value.tsx";
import styles from "./item-form.module.css";
import { itemFields, valuesOf } from "./item-values.ts";

/** The same as the form, for those who may only look, and where a file decides. */
export function DecisionSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const values = valuesOf(item);
  return (
    <Section title={text("item.decision")}>
      {itemFields.map((field) => (
        <div key={field} className={styles.field}>
          <div>
            <Input.Label labelElement="div">{text(`word.${field}`)}</Input.Label>
            <p className={styles.value}>
              <FieldValue field={field} value={values[field]} />
            </p>
          </div>
          {item.code && <CodeValue field={field} code={item.code} values={values} />}
        </div>
      ))}
      {item.code === null && <p className={styles.note}>{text("item.noCode")}</p>}
      {!item.mayWrite && (
        <Text size="sm" c="dimmed" mt="md">
          {text("item.readOnly")}
        </Text>
      )}
    </Section>
  );
}
