import { NativeSelect } from "@mantine/core";
import type { PluginInfo } from "../../../../src/admin/contract/contract.ts";
import { useText } from "../../i18n/use-text.ts";

interface PluginFieldProps {
  readonly plugins: readonly PluginInfo[];
  readonly value: PluginInfo;
  readonly onChange: (plugin: PluginInfo) => void;
}

/** Which plugin the item is of. */
export function PluginField({ plugins, value, onChange }: PluginFieldProps) {
  const text = useText();
  return (
    <NativeSelect
      label={text("config.add.plugin")}
      description={value.description === "" ? undefined : <bdi>{value.description}</bdi>}
      value={String(plugins.indexOf(value))}
      onChange={({ currentTarget }) => {
        const plugin = plugins[Number(currentTarget.value)];
        if (plugin !== undefined) onChange(plugin);
      }}
      data={plugins.map(({ module, name }, index) => ({
        value: String(index),
        label: `${name} · ${module}`,
      }))}
    />
  );
}
