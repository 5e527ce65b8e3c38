import { checkKnown } from "../definition/known-options.ts";
import type { RevisionMark } from "../store/mark.ts";
import type { Store } from "../store/store.ts";
import { configCalls } from "./config/config-calls.ts";
import { ConfigChecks } from "./config/config-checks.ts";
import { ConfigWriter } from "./config/config-writer.ts";
import type { Preparation } from "./config/prepare-config.ts";
import type { Control } from "./control.ts";
import { Diagnoser } from "./diagnosis/diagnoser.ts";
import { diagnosisCalls } from "./diagnosis/diagnosis-calls.ts";
import { fileCalls } from "./files/file-calls.ts";
import { fleetCalls } from "./fleet/fleet-calls.ts";
import { historyCalls } from "./history/history-calls.ts";
import { itemCalls } from "./items/change-items.ts";
import { ChosenEdits } from "./items/chosen-edits.ts";
import { ConfiguredItems } from "./items/configured-items.ts";
import { holdCalls } from "./items/hold-calls.ts";
import { retirementCalls } from "./items/retirement-calls.ts";
import { serveNowCalls } from "./items/serve-now.ts";
import { keyCalls } from "./keys/key-calls.ts";
import { SecretKeys } from "./keys/secret-keys.ts";
import { Findings } from "./list/findings.ts";
import { listCalls } from "./list/list-calls.ts";
import { previewCalls } from "./preview/preview-calls.ts";
import { mayChange, mayPurge, type Rights, rightNames } from "./rights.ts";
import { timelineCalls } from "./timeline/timeline-calls.ts";
import { Recent } from "./traffic/recent.ts";
import { trafficCalls } from "./traffic/traffic-calls.ts";
import { TransactionView } from "./transaction-view.ts";
import type { View } from "./view.ts";
import { Writer } from "./writing/writer.ts";

/** What control works with. */
export interface ControlOptions extends Preparation {
  /** The items as this process sees them. */
  readonly view: View;
  readonly store: Store;
  /** Hears of a revision that a transaction of the application has written, and may commit soon. */
  readonly expectCommit: (written: RevisionMark) => void;
}

/** Puts the calls of control together, for who has these rights. */
export function createControl(
  options: ControlOptions,
  rights: Rights = { access: "write" },
  findings = new Findings(options.view),
  diagnoser = new Diagnoser(options.view, options.store, options.wait),
  recent = new Recent(options.clock),
): Control {
  const { view, store, keys, wait, clock, expectCommit } = options;
  const preparation = { keys, wait, clock };
  const writer = new Writer(view, store, rights);
  const configs = new ConfigWriter(view, writer, preparation);
  const configured = new ConfiguredItems(view, writer, configs, preparation);
  const edits = new ChosenEdits(view, findings, writer);
  return {
    ...listCalls(view, findings),
    ...itemCalls({ view, store, writer, configured, edits }),
    ...holdCalls({ view, store, writer }),
    ...serveNowCalls({ view, store, writer }),
    ...previewCalls({ view, store, writer, configs, findings }),
    ...retirementCalls(store, writer, edits),
    ...configCalls(view, new ConfigChecks(view, writer, preparation)),
    ...historyCalls({ view, store, rights, writer, configs }),
    ...fileCalls({ ...preparation, view, store, writer }),
    ...keyCalls({ view, store, writer, secretKeys: new SecretKeys(view, writer, preparation) }),
    ...diagnosisCalls(view, store, diagnoser),
    ...fleetCalls(view),
    ...timelineCalls({ view, store, clock }),
    ...trafficCalls({ view, store, clock, recent }),
    limitedTo(fewer) {
      checkKnown("limitedTo", fewer, rightNames);
      return createControl(options, fewer, findings, diagnoser, recent);
    },
    in(transaction) {
      const joined = store.in(transaction, expectCommit);
      const seen = new TransactionView(view, joined);
      return createControl({ ...options, view: seen, store: joined }, rights, findings);
    },
    mayChange: (type) => mayChange(rights, type),
    mayPurge: (type) => mayPurge(rights, type),
  };
}
