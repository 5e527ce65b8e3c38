import { Input, SegmentedControl, Stack, Text } from "@mantine/core";
import { useId } from "react";
import { TimeInput } from "../components/time-input.tsx";
import { useFormat } from "../i18n/use-format.ts";
import { useText } from "../i18n/use-text.ts";
import { type End, type EndKind, isEndKind } from "./end.ts";

interface UntilFieldProps {
  readonly end: End;
  /** Whether it may be for good. */
  readonly mayStay: boolean;
  readonly onChange: (end: End) => void;
}

/** For how long an item is to serve first. */
export function UntilField({ end, mayStay, onChange }: UntilFieldProps) {
  const text = useText();
  const format = useFormat();
  const id = useId();
  const kinds: readonly EndKind[] = mayStay ? ["good", "hour", "time"] : ["hour", "time"];
  return (
    <Stack gap="xs">
      <Input.Wrapper label={text("serveNow.for")} labelElement="div" labelProps={{ id }}>
        <SegmentedControl
          aria-labelledby={id}
          fullWidth
          mt={4}
          data={kinds.map((value) => ({ value, label: text(`serveNow.for.${value}`) }))}
          value={end.kind}
          onChange={(value) => isEndKind(value) && onChange({ ...end, kind: value })}
        />
      </Input.Wrapper>
      {end.kind === "time" && (
        <TimeInput
          label={text("serveNow.time")}
          value={end.until}
          onChange={(until) => onChange({ ...end, until })}
        />
      )}
      {end.kind === "time" && end.until !== null && (
        <Text size="sm">{text("serveNow.until", { when: format.moment(end.until) })}</Text>
      )}
    </Stack>
  );
}
