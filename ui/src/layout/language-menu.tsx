import { Menu } from "@mantine/core";
import { Icon } from "../components/icon.tsx";
import { useLanguage } from "../i18n/language-context.ts";
import { languageCodes, languageOf, languages } from "../i18n/languages.ts";
import { useText } from "../i18n/use-text.ts";
import { ToolMenu } from "./tool-menu.tsx";

export function LanguageMenu() {
  const text = useText();
  const { language, choose } = useLanguage();
  return (
    <ToolMenu label={text("shell.language")} icon={<Icon name="language" />}>
      <Menu.RadioGroup
        value={language}
        onChange={(value) => choose(languageOf(value) ?? language)}
        aria-label={text("shell.language")}
      >
        {languageCodes.map((code) => (
          <Menu.RadioItem key={code} value={code} closeMenuOnClick lang={code}>
            <bdi>{languages[code].name}</bdi>
          </Menu.RadioItem>
        ))}
      </Menu.RadioGroup>
    </ToolMenu>
  );
}
