import { Accessibility, type DragDropManager, StyleInjector } from "@dnd-kit/dom";
import { styleNonce } from "../../style-nonce.ts";

interface Operation {
  readonly source: { readonly id: string | number } | null;
  readonly target: { readonly id: string | number } | null;
}

interface DragEvent {
  readonly operation: Operation;
  readonly canceled?: boolean;
}

/** What screen readers are told while an item is dragged. */
export interface DragTexts {
  readonly instructions: string;
  readonly started: (id: string) => string;
  readonly over: (id: string, targetId: string) => string;
  readonly ended: (id: string) => string;
  readonly canceled: (id: string) => string;
}

type Plugins = NonNullable<NonNullable<ConstructorParameters<typeof DragDropManager>[0]>["plugins"]>;

/** The usual plugins, that speak the panel's language and may write styles under its policy. */
export function dragPlugins(texts: DragTexts): Plugins {
  const said = (say: (id: string) => string) => (event: DragEvent) =>
    event.operation.source === null ? undefined : say(String(event.operation.source.id));
  return (defaults) => [
    ...defaults.filter((plugin) => plugin !== Accessibility),
    StyleInjector.configure({ nonce: styleNonce() }),
    Accessibility.configure({
      screenReaderInstructions: { draggable: texts.instructions },
      announcements: {
        dragstart: said(texts.started),
        dragover: ({ operation }: DragEvent) =>
          operation.source === null || operation.target === null
            ? undefined
            : texts.over(String(operation.source.id), String(operation.target.id)),
        dragend: (event: DragEvent) => said(event.canceled === true ? texts.canceled : texts.ended)(event),
      },
    }),
  ];
}
