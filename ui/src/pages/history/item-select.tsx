import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { ItemInfo, ItemsQuery } from "../../../../src/admin/contract/contract.ts";
import { request } from "../../api/client.ts";
import { useTypes } from "../../api/queries.ts";
import { queryKeys } from "../../api/query-keys.ts";
import { useText } from "../../i18n/use-text.ts";

interface ItemSelectProps {
  readonly value: string | null;
  /** Narrows the choice to the items of a type. */
  readonly typeId: string | null;
  readonly onChange: (itemId: string | null) => void;
}

const mostShown = 25;

const optionOf = ({ id, name, label, module }: ItemInfo) => ({
  value: id,
  label: `${label === "" ? name : `${name} (${label})`} · ${module}`,
});

/** An item out of any number of them: the server searches, a few are shown. */
export function ItemSelect({ value, typeId, onChange }: ItemSelectProps) {
  const text = useText();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState("");
  const [search] = useDebouncedValue(typed, 200);
  const type = useTypes().data?.types.find(({ id }) => id === typeId);

  const query: ItemsQuery = {
    ...(search === "" ? {} : { search }),
    ...(type === undefined ? {} : { type: type.name, manager: type.manager }),
    retired: "include",
    pageSize: mostShown,
  };
  const found = useQuery({
    queryKey: queryKeys.items(query),
    queryFn: ({ signal }) => request("GET /items", { query: { ...query }, signal }),
    enabled: isOpen,
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    queryKey: queryKeys.item(value ?? ""),
    queryFn: ({ signal }) => request("GET /items/:itemId", { params: { itemId: value ?? "" }, signal }),
    enabled: value !== null,
  });

  const options = (found.data?.items ?? []).map(optionOf);
  if (value !== null && !options.some((option) => option.value === value)) {
    // One that was purged has no name any more, and still a history.
    options.unshift(chosen.data?.id === value ? optionOf(chosen.data) : { value, label: value });
  }
  const hasMore = (found.data?.total ?? 0) > mostShown;

  return (
    <Select
      label={text("history.filter.item")}
      placeholder={text("filter.any")}
      nothingFoundMessage={found.isFetching ? text("shell.loading") : text("filter.none")}
      {...(isOpen && hasMore ? { description: text("history.filter.item.more") } : {})}
      data={options}
      // The server has searched already, also in fields that the options do not show.
      filter={({ options: all }) => all}
      value={value}
      onChange={onChange}
      onSearchChange={setTyped}
      onDropdownOpen={() => setOpen(true)}
      onDropdownClose={() => setOpen(false)}
      searchable
      clearable
      clearButtonProps={{ "aria-label": text("filter.clear") }}
    />
  );
}
