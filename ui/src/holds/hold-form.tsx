import { Button, Group, Input, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { type FormEvent, useId, useState } from "react";
import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { ErrorState } from "../components/error-state.tsx";
import { useText } from "../i18n/use-text.ts";
import { Impact } from "../impact/impact.tsx";

const longestReason = 500;
const minuteMs = 60_000;

/** By the server's clock, which may be another than the browser's; undefined: until somebody releases the item. */
const durations = { quarter: 15 * minuteMs, hour: 60 * minuteMs, open: undefined } as const;
type Duration = keyof typeof durations;
const isDuration = (value: string): value is Duration => value in durations;

interface HoldFormProps {
  readonly itemId: string;
  /** The present one, which is to be changed. */
  readonly hold: ItemInfo["hold"];
  readonly isPending: boolean;
  readonly error: unknown;
  readonly onConfirm: (hold: { readonly reason: string; readonly forMs?: number }) => void;
  readonly onClose: () => void;
}

export function HoldForm({ itemId, hold, isPending, error, onConfirm, onClose }: HoldFormProps) {
  const text = useText();
  const id = useId();
  const [typed, setTyped] = useState(hold?.reason ?? "");
  const [duration, setDuration] = useState<Duration>(hold && !hold.until ? "open" : "quarter");
  const wanted = typed.trim();
  const isLong = [...wanted].length > longestReason;
  const mayConfirm = wanted !== "" && !isLong;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!mayConfirm || isPending) return;
    const forMs = durations[duration];
    onConfirm({ reason: wanted, ...(forMs !== undefined && { forMs }) });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        <Text size="sm">{text("hold.text")}</Text>
        <Impact change={{ action: "hold", ids: [itemId] }} namesTypes={false} />
        <Textarea
          label={text("hold.reason")}
          description={text("hold.reason.hint")}
          error={isLong ? text("hold.reason.long", { most: longestReason }) : undefined}
          required
          autosize
          minRows={2}
          maxRows={6}
          dir="auto"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          data-autofocus
        />
        <Input.Wrapper label={text("hold.for")} labelElement="div" labelProps={{ id }}>
          <SegmentedControl
            aria-labelledby={id}
            fullWidth
            mt={4}
            data={[
              { value: "quarter", label: text("hold.for.quarter") },
              { value: "hour", label: text("hold.for.hour") },
              { value: "open", label: text("hold.for.open") },
            ]}
            value={duration}
            onChange={(value) => isDuration(value) && setDuration(value)}
          />
        </Input.Wrapper>
        {error !== null && <ErrorState error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {text("action.cancel")}
          </Button>
          <Button type="submit" loading={isPending} disabled={!mayConfirm}>
            {text("hold.confirm")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
