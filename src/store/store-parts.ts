import type { Clock } from "../time/clock.ts";
import type { Access } from "./access.ts";
import { CircuitRegister } from "./circuit-register.ts";
import type { Database } from "./database.ts";
import { HistoryReads } from "./history-reads.ts";
import type { Mark, RevisionMark } from "./mark.ts";
import { OriginGuard } from "./origin-guard.ts";
import { ProcessRegister } from "./process-register.ts";
import { Publisher, type Subject } from "./publisher.ts";
import type { PushChannel } from "./push-channel.ts";
import { HeadQuery } from "./read-head.ts";
import type { RegisterPlace } from "./register-place.ts";
import type { RowFaults } from "./row-faults.ts";
import { RowReads } from "./row-reads.ts";
import { StoreConnection } from "./store-connection.ts";
import type { TableNames } from "./table-names.ts";
import { TrafficRegister } from "./traffic-register.ts";
import { ChangeMaker } from "./writing/change-maker.ts";

/** What a store inside a transaction of the application shares with the one that it is of. */
export interface Joined {
  readonly access: Access;
  readonly guard: OriginGuard;
  readonly faults: RowFaults;
  /** Hears of what is written there, and may never be committed. */
  readonly onWritten: (written: RevisionMark) => void;
}

interface StorePartsOptions {
  readonly database: Database;
  readonly namespace: string;
  readonly tables: TableNames;
  readonly clock: Clock;
  readonly topic: string;
  readonly faults: RowFaults;
  readonly push: PushChannel | false | undefined;
  readonly joined: Joined | undefined;
}

/** What a store is made of. */
export interface StoreParts {
  readonly guard: OriginGuard;
  readonly publisher: Publisher | undefined;
  readonly connection: StoreConnection;
  readonly history: HistoryReads;
  readonly rows: RowReads;
  readonly changes: ChangeMaker;
  readonly processes: ProcessRegister;
  readonly circuits: CircuitRegister;
  /** For registers that not every process has. */
  readonly place: RegisterPlace;
  readonly traffic: TrafficRegister;
}

export function storeParts(options: StorePartsOptions): StoreParts {
  const { database, namespace, tables, clock, topic, faults, push, joined } = options;
  const { dialect, description } = database;
  const guard = joined?.guard ?? new OriginGuard(description);
  const publisher = push ? new Publisher(push, topic) : undefined;
  const head = new HeadQuery(dialect, tables, namespace, faults);
  const access = joined?.access;
  const connection = new StoreConnection({ database, tables, clock, guard, head, publisher, joined: access });
  const place = {
    ...{ dialect, description, tables, namespace, topic, clock, faults },
    checkOrigin: (before: Mark): void => guard.checkChange(before),
  };
  const publish = (subject: Subject) => (message: string) => publisher?.publish(subject, message);
  const onWritten = ({ revisionId }: RevisionMark): void => publisher?.publish("revision", revisionId);
  return {
    guard,
    publisher,
    connection,
    history: new HistoryReads({ connection, guard, tables, namespace, faults }),
    rows: new RowReads({ connection, tables, namespace, guard, head, faults }),
    changes: new ChangeMaker(connection, place, joined?.onWritten ?? onWritten),
    processes: new ProcessRegister({ ...place, connection, guard, publish: publish("processes") }),
    circuits: new CircuitRegister({ ...place, connection, guard, publish: publish("circuits") }),
    place: { ...{ dialect, tables, namespace, faults }, connection, guard },
    traffic: new TrafficRegister({ ...place, connection, guard }),
  };
}
