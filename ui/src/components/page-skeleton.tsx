import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import { useText } from "../i18n/use-text.ts";

interface PageSkeletonProps {
  readonly rows?: number;
}

/** Stands where a list will be. */
export function PageSkeleton({ rows = 8 }: PageSkeletonProps) {
  const text = useText();
  return (
    <Stack gap="xs" role="status">
      <VisuallyHidden>{text("shell.loading")}</VisuallyHidden>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the rows are alike and never move
        <Skeleton key={index} height={44} />
      ))}
    </Stack>
  );
}
