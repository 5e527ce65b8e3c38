import { Code } from "@mantine/core";
import type { ItemDetail } from "../../../../src/admin/contract/contract.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { type Fact, Facts } from "../../components/facts.tsx";
import { Section } from "../../components/section.tsx";
import { TextLink } from "../../components/text-link.tsx";
import { useFormat } from "../../i18n/use-format.ts";
import { useText } from "../../i18n/use-text.ts";
import { paths } from "../../paths.ts";
import styles from "./details-section.module.css";

/** What the code and the database say of the item; nothing here is for operators to change. */
export function DetailsSection({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const format = useFormat();
  const time = (iso: string) => <time dateTime={iso}>{format.dateTime(iso)}</time>;
  const facts: readonly Fact[] = [
    {
      name: text("word.type"),
      value: (
        <TextLink href={paths.type(item.typeId)}>
          <bdi>{item.type.name}</bdi>
        </TextLink>
      ),
    },
    { name: text("word.manager"), value: <bdi>{item.type.manager}</bdi> },
    { name: text("word.module"), value: <bdi>{item.module}</bdi> },
    { name: text("word.name"), value: <bdi>{item.name}</bdi> },
    {
      name: text("word.label"),
      value: item.label === "" ? text("item.label.none") : <bdi>{item.label}</bdi>,
    },
    ...(item.aliases.length === 0
      ? []
      : [
          {
            name: text("item.aliases"),
            value: format.list(item.aliases.map(({ module, name }) => `${module} / ${name}`)),
          },
        ]),
    { name: text("item.id"), value: <CopiedId id={item.id} /> },
    { name: text("word.version"), value: format.number(item.version) },
    { name: text("item.revision"), value: format.number(item.revision) },
    { name: text("item.createdAt"), value: time(item.createdAt) },
    { name: text("item.updatedAt"), value: time(item.updatedAt) },
    ...(item.retiredAt === null ? [] : [{ name: text("item.retiredAt"), value: time(item.retiredAt) }]),
    // What takes configs has a section of its own for them.
    ...(item.plugin !== null ? [] : [{ name: text("item.config"), value: <Config config={item.config} /> }]),
  ];
  return (
    <Section title={text("item.details")} collapsible="item details">
      <Facts facts={facts} />
    </Section>
  );
}

function Config({ config }: Pick<ItemDetail, "config">) {
  const text = useText();
  if (config === null) return text("item.config.none");
  return (
    <Code block dir="ltr" tabIndex={0} role="region" aria-label={text("item.config")}>
      {JSON.stringify(config, null, 2)}
    </Code>
  );
}

function CopiedId({ id }: { readonly id: string }) {
  const text = useText();
  return (
    <span className={styles.id}>
      <code>{id}</code>
      <CopyButton value={id} label={text("item.id.copy")} variant="subtle" size="compact-xs" />
    </span>
  );
}
