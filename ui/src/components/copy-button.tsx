import { Button, type ButtonProps } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { useText } from "../i18n/use-text.ts";

interface CopyButtonProps extends Pick<ButtonProps, "size" | "variant"> {
  readonly value: string;
  readonly label: string;
}

/** Puts a text into the clipboard. Nothing without TLS: the browser has no clipboard to write to then. */
export function CopyButton({ value, label, ...look }: CopyButtonProps) {
  const text = useText();
  const clipboard = useClipboard();
  if (!isSecureContext) return null;
  return (
    <Button {...look} onClick={() => clipboard.copy(value)}>
      {clipboard.copied ? text("action.copied") : label}
    </Button>
  );
}
