import { Modal, Text, TextInput, UnstyledButton } from "@mantine/core";
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Link } from "wouter";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { Icon } from "../components/icon.tsx";
import { useText } from "../i18n/use-text.ts";
import { AskedAction } from "./asked-action.tsx";
import styles from "./palette.module.css";
import type { ItemAction } from "./use-actions.ts";
import { useFound } from "./use-found.ts";

/** Finds pages, types and items from anywhere, and goes there, or does something with them. */
export default function Palette({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const [marked, setMarked] = useState(0);
  const [asked, setAsked] = useState<{ readonly action: ItemAction; readonly item: ItemInfo }>();
  const { found, isSearching } = useFound(typed, {
    ask: (action, item) => setAsked({ action, item }),
    done: onClose,
  });
  const current = Math.min(marked, found.length - 1);

  const mark = (index: number) => {
    setMarked(index);
    list.current?.children[index]?.scrollIntoView({ block: "nearest" });
  };
  const onKey = (event: KeyboardEvent) => {
    if (event.key === "ArrowDown") mark((current + 1) % Math.max(1, found.length));
    else if (event.key === "ArrowUp") mark((current - 1 + found.length) % Math.max(1, found.length));
    // A click, so that a page with unsaved changes asks first.
    else if (event.key === "Enter") (list.current?.children[current] as HTMLElement | undefined)?.click();
    else return;
    event.preventDefault();
  };

  if (asked) return <AskedAction {...asked} onClose={onClose} />;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={text("palette.title")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <TextInput
        data-autofocus
        role="combobox"
        aria-expanded
        aria-autocomplete="list"
        aria-controls={`${id}list`}
        aria-activedescendant={found.length === 0 ? undefined : `${id}${current}`}
        aria-label={text("filter.search")}
        placeholder={text("palette.hint")}
        autoComplete="off"
        leftSection={<Icon name="search" size={16} />}
        value={typed}
        onChange={({ currentTarget }) => {
          setTyped(currentTarget.value);
          setMarked(0);
        }}
        onKeyDown={onKey}
      />
      <div
        ref={list}
        id={`${id}list`}
        role="listbox"
        aria-label={text("palette.title")}
        className={styles.list}
      >
        {found.map((one, index) => {
          const option = {
            id: `${id}${index}`,
            role: "option",
            "aria-selected": index === current,
            tabIndex: -1,
            className: styles.option ?? "",
            onMouseMove: () => setMarked(index),
            children: (
              <>
                <bdi>{one.title}</bdi>
                <bdi className={styles.kind}>{one.kind}</bdi>
              </>
            ),
          };
          const key = `${one.kind} ${one.title}`;
          return "href" in one ? (
            <Link key={`${key} ${one.href}`} {...option} href={one.href} onClick={onClose} />
          ) : (
            <UnstyledButton key={key} {...option} onClick={one.run} />
          );
        })}
      </div>
      <Text size="sm" c="dimmed" role="status" mt="xs">
        {found.length === 0 && !isSearching ? text("filter.none") : ""}
      </Text>
    </Modal>
  );
}
