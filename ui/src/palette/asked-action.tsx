import type { ItemInfo } from "../../../src/admin/contract/contract.ts";
import { HoldModal } from "../holds/hold-modal.tsx";
import { ServeNowModal } from "../serve-now/serve-now-modal.tsx";
import { CheckModal } from "./check-modal.tsx";
import { DisableModal } from "./disable-modal.tsx";
import type { ItemAction } from "./use-actions.ts";

interface AskedActionProps {
  readonly action: ItemAction;
  readonly item: ItemInfo;
  readonly onClose: () => void;
}

/** The dialogue of what was chosen to be done with an item. */
export function AskedAction({ action, item, onClose }: AskedActionProps) {
  switch (action) {
    case "serve":
      return <ServeNowModal item={item} onClose={onClose} />;
    case "hold":
      return <HoldModal item={item} opened onClose={onClose} />;
    case "check":
      return <CheckModal item={item} onClose={onClose} />;
    case "disable":
      return <DisableModal item={item} onClose={onClose} />;
  }
}
