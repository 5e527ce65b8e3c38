import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { type FormEvent, type ReactNode, useCallback, useRef, useState } from "react";
import { useText } from "../i18n/use-text.ts";
import { NoReason, ReasonContext } from "./reason-context.ts";
import { ReasonField } from "./reason-field.tsx";
import { useReason, useRequiresReason } from "./use-reason.ts";

interface Asked {
  readonly give: (reason: string) => void;
  readonly refuse: (error: NoReason) => void;
}

/** Asks for the reason of changes that have no dialogue of their own, where one is required. */
export function ReasonProvider({ children }: { readonly children: ReactNode }) {
  const text = useText();
  const isRequired = useRequiresReason();
  const asked = useRef<Asked>(undefined);
  const [isOpen, setOpen] = useState(false);

  const ask = useCallback(async () => {
    if (!isRequired) return "";
    asked.current?.refuse(new NoReason());
    setOpen(true);
    return new Promise<string>((give, refuse) => {
      asked.current = { give, refuse };
    });
  }, [isRequired]);
  const take = (): Asked | undefined => {
    const taken = asked.current;
    asked.current = undefined;
    setOpen(false);
    return taken;
  };
  const close = () => take()?.refuse(new NoReason());

  return (
    <ReasonContext value={ask}>
      {children}
      <Modal
        opened={isOpen}
        onClose={close}
        title={text("reasons.ask.title")}
        closeButtonProps={{ "aria-label": text("action.close") }}
      >
        <ReasonForm onGiven={(reason) => take()?.give(reason)} onClose={close} />
      </Modal>
    </ReasonContext>
  );
}

interface ReasonFormProps {
  readonly onGiven: (reason: string) => void;
  readonly onClose: () => void;
}

/** Mounted with the modal, so that it starts anew each time. */
function ReasonForm({ onGiven, onClose }: ReasonFormProps) {
  const text = useText();
  const reason = useReason();
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (reason.isReady) onGiven(reason.said);
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{text("reasons.ask.text")}</Text>
        <ReasonField reason={reason} isFirst />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button type="submit" disabled={!reason.isReady}>
            {text("reasons.ask.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
