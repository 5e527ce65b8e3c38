import { Button, Group, Modal, Stack, Text } from "@mantine/core";
import { useEffect, useRef, useState } from "react";
import type { ItemName } from "../../../src/admin/contract/contract.ts";
import { useServeNow } from "../api/mutations.ts";
import { useItem } from "../api/queries.ts";
import { describeError } from "../components/describe-error.ts";
import { itemTitle } from "../components/item-title.ts";
import { useToast } from "../components/toast-context.ts";
import { CheckOutcome } from "../config-form/connection-check.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { Impact } from "../impact/impact.tsx";
import { ReasonField } from "../reasons/reason-field.tsx";
import { useReason } from "../reasons/use-reason.ts";
import { type End, nextMorning, requestOf } from "./end.ts";
import { UntilField } from "./until-field.tsx";
import { useItemCheck } from "./use-item-check.ts";

interface ServeNowModalProps {
  readonly item: ItemName;
  readonly onClose: () => void;
}

/** Has an item serve its type from now on, after its connection was tested where its plugin can say. */
export function ServeNowModal({ item: named, onClose }: ServeNowModalProps) {
  const text = useText();
  const toast = useToast();
  const item = useItem(named.id).data;
  const format = useFormat();
  const [chosen, setChosen] = useState<End>(() => ({ kind: "good", until: nextMorning() }));
  // A file says what its items are for good.
  const mayStay = item === undefined || item.managed === null;
  const end: End = chosen.kind === "good" && !mayStay ? { ...chosen, kind: "hour" } : chosen;
  const asked = requestOf(end);
  const reason = useReason();
  const serve = useServeNow(named.id, reason.said);
  const check = useItemCheck(item);
  const { start } = check;
  const wasTested = useRef(false);
  // The test takes a while, and is wanted by whoever opens this: once.
  useEffect(() => {
    if (start === undefined || wasTested.current) return;
    wasTested.current = true;
    start();
  }, [start]);
  const title = itemTitle(named);
  // What came of it is said also where the item is shown in its new place first, which takes this away.
  const confirm = () =>
    serve.mutateAsync({ ...asked, ...(item && { version: item.version }) }).then(
      ({ changed, revision }) => {
        onClose();
        const done =
          asked?.until === undefined
            ? text("serveNow.done", { item: title })
            : text("serveNow.led", { item: title, when: format.moment(asked.until) });
        toast("good", done, changed > 0 ? revision : undefined);
      },
      (error: unknown) => {
        const { title: what, detail = "" } = describeError(error, text);
        toast("bad", text("items.failed", { title: what, detail }));
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={text("serveNow.title", { item: title })}
      closeButtonProps={{ "aria-label": text("action.close") }}
    >
      <Stack gap="sm">
        <Text size="sm">{text(end.kind === "good" ? "serveNow.text" : "serveNow.lead.text")}</Text>
        <UntilField end={end} mayStay={mayStay} onChange={setChosen} />
        {item && <Impact change={{ first: named.id, ...asked }} namesTypes={false} />}
        {check.isPending && <Text size="sm">{text("serveNow.testing")}</Text>}
        <CheckOutcome check={check} />
        <ReasonField reason={reason} isFirst />
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button
            loading={serve.isPending}
            disabled={item === undefined || asked === undefined || !reason.isReady}
            onClick={confirm}
            {...(!reason.isRequired && { "data-autofocus": true })}
          >
            {text(check.result?.ok === false ? "serveNow.anyway" : "serveNow.confirm")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
