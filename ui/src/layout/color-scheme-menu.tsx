import { type MantineColorScheme, Menu, useMantineColorScheme } from "@mantine/core";
import { Icon } from "../components/icon.tsx";
import { useText } from "../i18n/use-text.ts";
import { ToolMenu } from "./tool-menu.tsx";

const schemes = { light: "sun", dark: "moon", auto: "screen" } as const;

export function ColorSchemeMenu() {
  const text = useText();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <ToolMenu label={text("shell.colorScheme")} icon={<Icon name={schemes[colorScheme]} />}>
      <Menu.RadioGroup
        value={colorScheme}
        onChange={(value) => setColorScheme(value as MantineColorScheme)}
        aria-label={text("shell.colorScheme")}
      >
        {(["light", "dark", "auto"] as const).map((scheme) => (
          <Menu.RadioItem key={scheme} value={scheme} closeMenuOnClick>
            {text(`shell.colorScheme.${scheme}`)}
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </ToolMenu>
  );
}
