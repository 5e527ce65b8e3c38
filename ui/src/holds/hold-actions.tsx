import { Button } from "@mantine/core";
import { useState } from "react";
import type { ItemDetail } from "../../../src/admin/contract/contract.ts";
import { useText } from "../i18n/use-text.ts";
import { HoldModal } from "./hold-modal.tsx";
import { useRelease } from "./use-release.ts";

/** Puts an item aside for a while, and brings it back. */
export function HoldActions({ item }: { readonly item: ItemDetail }) {
  const text = useText();
  const [isAsked, setAsked] = useState(false);
  const { isPending, release } = useRelease(item);
  return (
    <>
      {item.retiredAt === null && (
        <Button variant="default" size="xs" onClick={() => setAsked(true)}>
          {text(item.hold === null ? "hold.ask" : "hold.change")}
        </Button>
      )}
      {(item.hold !== null || item.readiness.kind === "cooling") && (
        <Button variant="default" size="xs" loading={isPending} onClick={release}>
          {text("hold.release")}
        </Button>
      )}
      <HoldModal item={item} opened={isAsked} onClose={() => setAsked(false)} />
    </>
  );
}
