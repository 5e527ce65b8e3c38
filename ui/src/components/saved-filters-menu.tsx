import { Button, Group, Menu, Modal, Stack, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { Icon } from "./icon.tsx";
import { useSavedFilters } from "./saved-filters.ts";

interface SavedFiltersMenuProps {
  /** Which list they are of. */
  readonly list: string;
  /** What is set now, as the address has it; empty where nothing is. */
  readonly filter: string;
  readonly onChoose: (filter: URLSearchParams) => void;
}

/** The filters that the reader has named, to be set again, and what is set now, to be named. */
export function SavedFiltersMenu({ list, filter, onChoose }: SavedFiltersMenuProps) {
  const text = useText();
  const [saved, save] = useSavedFilters(list);
  const [isNaming, setNaming] = useState(false);
  const names = Object.keys(saved);
  const current = names.find((name) => saved[name] === filter);
  if (names.length === 0 && filter === "") return null;

  const forget = (name: string) =>
    save(Object.fromEntries(Object.entries(saved).filter(([known]) => known !== name)));
  return (
    <>
      <Menu position="bottom-start" shadow="md" width={260}>
        <Menu.Target>
          <Button variant="default" rightSection={<Icon name="chevronDown" size={14} />}>
            {text("filter.saved")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {names.map((name) => (
            <Menu.Item
              key={name}
              {...(name === current ? { leftSection: <Icon name="check" size={14} /> } : {})}
              onClick={() => onChoose(new URLSearchParams(saved[name]))}
            >
              <bdi>{name}</bdi>
            </Menu.Item>
          ))}
          {names.length > 0 && filter !== "" && <Menu.Divider />}
          {filter !== "" && current === undefined && (
            <Menu.Item leftSection={<Icon name="plus" size={14} />} onClick={() => setNaming(true)}>
              {text("filter.save")}
            </Menu.Item>
          )}
          {current !== undefined && (
            <Menu.Item leftSection={<Icon name="trash" size={14} />} onClick={() => forget(current)}>
              {text("filter.forget", { name: current })}
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      {isNaming && (
        <NameModal
          onClose={() => setNaming(false)}
          onName={(name) => {
            save({ ...saved, [name]: filter });
            setNaming(false);
          }}
        />
      )}
    </>
  );
}

interface NameModalProps {
  readonly onName: (name: string) => void;
  readonly onClose: () => void;
}

function NameModal({ onName, onClose }: NameModalProps) {
  const text = useText();
  const [name, setName] = useState("");
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() !== "") onName(name.trim());
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("filter.save.title")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <form onSubmit={submit}>
        <Stack>
          <TextInput
            data-autofocus
            label={text("filter.name")}
            description={text("filter.name.hint")}
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {text("action.cancel")}
            </Button>
            <Button type="submit" disabled={name.trim() === ""}>
              {text("action.save")}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
