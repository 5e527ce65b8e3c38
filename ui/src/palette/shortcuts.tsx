import { ActionIcon } from "@mantine/core";
import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { Icon } from "../components/icon.tsx";
import { fetched } from "../fetched.tsx";
import { useText } from "../i18n/use-text.ts";
import { paths } from "../paths.ts";

const { Part: Palette } = fetched("palette", () => import("./palette.tsx"));
const { Part: ShortcutHelp } = fetched("shortcutHelp", () => import("./shortcut-help.tsx"));

/** Where the second key leads after a "g". */
const places: Readonly<Record<string, string>> = {
  o: "/",
  t: paths.types,
  i: paths.items,
  h: paths.history,
  p: paths.processes,
};

/** How long after a "g" the second key still belongs to it. */
const chordMs = 1_500;

/** Whether keys are text where they are typed, or belong to what is open on top of the page. */
const isTaken = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest("input, textarea, select, [contenteditable], [role=dialog], [role=menu], [role=listbox]") !==
    null;

function focusSearch(): boolean {
  const field = document.querySelector<HTMLInputElement>("main input[type=search]");
  field?.focus();
  field?.select();
  return field !== null;
}

/** The keys that work on every page, and the button for those who do not know them. */
export function Shortcuts() {
  const text = useText();
  const [, goTo] = useLocation();
  const [open, setOpen] = useState<"palette" | "help">();

  useEffect(() => {
    let startedAt = Number.NEGATIVE_INFINITY;
    const onKey = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setOpen("palette");
        return;
      }
      if (event.ctrlKey || event.metaKey || event.altKey || isTaken(event.target)) return;
      const isSecond = event.timeStamp - startedAt < chordMs;
      startedAt = Number.NEGATIVE_INFINITY;
      const place = isSecond ? places[event.key] : undefined;
      if (place !== undefined) goTo(place);
      else if (event.key === "g") startedAt = event.timeStamp;
      else if (event.key === "?") setOpen("help");
      else if (event.key === "/") {
        if (!focusSearch()) setOpen("palette");
      } else return;
      event.preventDefault();
    };
    document.addEventListener("keydown", onKey);
    return () => document.removeEventListener("keydown", onKey);
  }, [goTo]);

  const close = () => setOpen(undefined);
  return (
    <>
      <ActionIcon
        variant="subtle"
        color="gray"
        c="inherit"
        size="lg"
        // Next to the title of a phone there is no room for it.
        visibleFrom="xs"
        aria-label={text("shell.find")}
        aria-keyshortcuts="Control+K"
        title={`${text("shell.find")} (Ctrl+K)`}
        onClick={() => setOpen("palette")}
      >
        <Icon name="search" />
      </ActionIcon>
      {open === "palette" && <Palette onClose={close} />}
      {open === "help" && <ShortcutHelp onClose={close} />}
    </>
  );
}
