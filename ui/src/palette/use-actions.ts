import { useMantineColorScheme } from "@mantine/core";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { itemTitle } from "../components/item-title.ts";
import { useLanguage } from "../i18n/language-context.ts";
import { languageCodes, languages } from "../i18n/languages.ts";
import { useText } from "../i18n/use-text.ts";

/** What can be done with an item that was found, each behind a dialogue of its own. */
const itemActions = ["serve", "hold", "check", "disable"] as const;
export type ItemAction = (typeof itemActions)[number];

export interface FoundAction {
  readonly title: string;
  readonly kind: string;
  readonly run: () => void;
}

/** Whether what was typed is the beginning of words in a text. */
const isAbout = (words: string, typed: string): boolean =>
  ` ${words.toLowerCase()}`.includes(` ${typed.toLowerCase()}`);

/** What the operator typed, as an action and what is to be found for it: `disable twilio`. */
export function useTypedAction(typed: string): { readonly action?: ItemAction; readonly search: string } {
  const text = useText();
  for (const action of itemActions) {
    const verb = text(`palette.do.${action}`).toLowerCase();
    if (typed.toLowerCase().startsWith(`${verb} `))
      return { action, search: typed.slice(verb.length).trim() };
  }
  return { search: typed };
}

/** Colours and languages that what was typed is about. */
export function useSettings(typed: string, done: () => void): readonly FoundAction[] {
  const text = useText();
  const { setColorScheme } = useMantineColorScheme();
  const { choose } = useLanguage();
  if (typed === "") return [];
  const settings: readonly FoundAction[] = [
    ...(["light", "dark", "auto"] as const).map((scheme) => ({
      title: text(`shell.colorScheme.${scheme}`),
      kind: text("shell.colorScheme"),
      run: () => setColorScheme(scheme),
    })),
    ...languageCodes.map((code) => ({
      title: languages[code].name,
      kind: text("shell.language"),
      run: () => choose(code),
    })),
  ];
  return settings
    .filter(({ title, kind }) => isAbout(title, typed) || isAbout(kind, typed))
    .map((setting) => ({
      ...setting,
      run: () => {
        setting.run();
        done();
      },
    }));
}

/** What the operator may do with these items: the action that was typed with all of them, else each with the first. */
export function useItemActions(
  items: readonly ItemInfo[],
  wanted: ItemAction | undefined,
  ask: (action: ItemAction, item: ItemInfo) => void,
): readonly FoundAction[] {
  const text = useText();
  const able = items.filter(({ mayWrite, managed, retiredAt }) => mayWrite && !managed && retiredAt === null);
  return (wanted === undefined ? able.slice(0, 1) : able).flatMap((item) =>
    itemActions
      .filter((action) => (wanted ?? action) === action)
      .filter((action) => action !== "disable" || item.status !== "disable")
      .map((action) => ({
        title: `${text(`palette.do.${action}`)} ${itemTitle(item)}`,
        kind: `${text("palette.action")} · ${item.type.name}`,
        run: () => ask(action, item),
      })),
  );
}
