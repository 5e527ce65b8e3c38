import type { TypeIdentity } from "../definition/identity.ts";
import type { KyselyTransaction } from "../store/kysely-instance.ts";
import type { ConfigCalls } from "./config/config-calls.ts";
import type { DiagnosisCalls } from "./diagnosis/diagnosis-calls.ts";
import type { FileCalls } from "./files/file-calls.ts";
import type { FleetCalls } from "./fleet/fleet-calls.ts";
import type { HistoryCalls } from "./history/history-calls.ts";
import type { HoldCalls } from "./items/hold-calls.ts";
import type { ItemCalls } from "./items/item-calls.ts";
import type { RetirementCalls } from "./items/retirement-calls.ts";
import type { ServeNowCalls } from "./items/serve-now.ts";
import type { KeyCalls } from "./keys/key-calls.ts";
import type { ListCalls } from "./list/list-calls.ts";
import type { PreviewCalls } from "./preview/preview-calls.ts";
import type { Rights } from "./rights.ts";
import type { TimelineCalls } from "./timeline/timeline-calls.ts";
import type { TrafficCalls } from "./traffic/traffic-calls.ts";
import type { TransactionControl } from "./transaction-control.ts";

/**
 * What an operator does. Every method that changes something writes the change, its history and a new
 * revision in one transaction, and resolves when this process serves by it, or cannot, because plugbay is closed or
 * the database is lost: what was made is no failure then. Refusals change nothing.
 */
export interface Control
  extends ListCalls,
    ItemCalls,
    HoldCalls,
    ServeNowCalls,
    PreviewCalls,
    RetirementCalls,
    ConfigCalls,
    HistoryCalls,
    FileCalls,
    KeyCalls,
    DiagnosisCalls,
    FleetCalls,
    TimelineCalls,
    TrafficCalls {
  /**
   * The same for somebody who may do less: only read, change only items of some types, or purge nothing.
   * Every refusal is a `ForbiddenError`, and nothing is changed.
   *
   * @throws UnknownOptionError
   * @example
   * const control = plugbay.control.limitedTo({ access: user.isOperator ? "write" : "read" });
   */
  limitedTo(rights: Rights): Control;

  /**
   * The same inside a transaction of the application, which must be one of plugbay's own database: what is changed
   * takes effect when the application commits, in this process and in others, and not at all when it does not.
   * Rights, versions and schemas are checked as ever, and a call that is refused leaves the transaction usable.
   * Until the transaction ends, other writers wait.
   *
   * Processes follow at once by LISTEN; otherwise they poll. `await plugbay.refresh()` after the commit has this
   * one follow before it goes on.
   *
   * @throws InvalidOptionError; the methods also TransactionUnusableError, and what the database says of a
   *   transaction that is to be repeated
   * @example
   * await db.transaction().execute(async (transaction) => {
   *   const tenant = await createTenant(transaction, "acme");
   *   await plugbay.control.in(transaction).createItem(
   *     { type: gateway, module: "apps/stripe", name: "stripe", label: tenant.id, config: { account: "acct_1" } },
   *     { actor: "alice" },
   *   );
   * });
   * await plugbay.refresh();
   */
  in(transaction: KyselyTransaction): TransactionControl;

  /**
   * Whether items of a type may be changed through this.
   *
   * @example
   * if (control.mayChange(otp)) showEditButton();
   */
  mayChange(type: TypeIdentity): boolean;

  /**
   * Whether retired items of a type may be purged through this.
   *
   * @example
   * if (control.mayPurge(otp)) showPurgeButton();
   */
  mayPurge(type: TypeIdentity): boolean;
}
