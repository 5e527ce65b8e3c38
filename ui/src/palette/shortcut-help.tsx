import { Kbd, Modal } from "@mantine/core";
import { Facts } from "../components/facts.tsx";
import { useText } from "../i18n/use-text.ts";

const shortcuts = [
  ["palette.title", ["Ctrl", "K"]],
  ["palette.key.search", ["/"]],
  ["palette.key.overview", ["g", "o"]],
  ["shell.types", ["g", "t"]],
  ["shell.items", ["g", "i"]],
  ["shell.history", ["g", "h"]],
  ["shell.processes", ["g", "p"]],
  ["palette.help", ["?"]],
] as const;

/** The keys that work on every page. */
export default function ShortcutHelp({ onClose }: { readonly onClose: () => void }) {
  const text = useText();
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("palette.help")}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Facts
        facts={shortcuts.map(([name, keys]) => ({
          name: text(name),
          value: (
            <bdi dir="ltr">
              {keys.map((key) => (
                <Kbd key={key} me={4}>
                  {key}
                </Kbd>
              ))}
            </bdi>
          ),
        }))}
      />
    </Modal>
  );
}
