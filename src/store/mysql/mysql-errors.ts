import { codeOf, messageOf, propertyOf } from "../../thrown.ts";
import { type DriverErrorKind, type DriverErrorMeaning, firstMeaning } from "../driver-error.ts";
import { networkMeaning } from "../network-error.ts";

/** What the server says, by name and number: mysql2 gives both, but does not know every name of MariaDB's. */
const codes: Partial<Record<DriverErrorKind, Readonly<Record<string, number>>>> = {
  unreachable: {
    ER_SERVER_SHUTDOWN: 1053,
    ER_FORCING_CLOSE: 1080,
    ER_ABORTING_CONNECTION: 1152,
    ER_NEW_ABORTING_CONNECTION: 1184,
    ER_CONNECTION_KILLED: 1927, // of MariaDB
    ER_SERVER_OFFLINE_MODE: 3032,
    ER_SERVER_ISNT_AVAILABLE: 3168,
    ER_CLIENT_INTERACTION_TIMEOUT: 4031,
  },
  "no-connection": {
    ER_CON_COUNT_ERROR: 1040,
    ER_TOO_MANY_USER_CONNECTIONS: 1203,
    ER_USER_LIMIT_REACHED: 1226,
  },
  login: {
    ER_ACCESS_DENIED_ERROR: 1045,
    ER_HOST_NOT_PRIVILEGED: 1130,
    ER_ACCESS_DENIED_NO_PASSWORD_ERROR: 1698,
  },
  conflict: {
    ER_CHECKREAD: 1020, // the record has changed since the last read
    ER_LOCK_DEADLOCK: 1213,
    ER_TRANSACTION_ROLLBACK_DURING_COMMIT: 3101, // of a group
  },
  "lock-wait": {
    ER_LOCK_WAIT_TIMEOUT: 1205,
    ER_LOCK_NOWAIT: 3572,
  },
  cancelled: {
    ER_QUERY_INTERRUPTED: 1317,
    ER_STATEMENT_TIMEOUT: 1969, // of MariaDB
    ER_QUERY_TIMEOUT: 3024,
  },
  forbidden: {
    ER_DBACCESS_DENIED_ERROR: 1044,
    ER_TABLEACCESS_DENIED_ERROR: 1142,
    ER_COLUMNACCESS_DENIED_ERROR: 1143,
    ER_SPECIFIC_ACCESS_DENIED_ERROR: 1227,
  },
  refused: {
    ER_DISK_FULL: 1021,
    ER_OPEN_AS_READONLY: 1036,
    ER_RECORD_FILE_FULL: 1114,
    ER_CANT_UPDATE_WITH_READLOCK: 1223,
    ER_OPTION_PREVENTS_STATEMENT: 1290, // read_only, as on a replica
    ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION: 1792,
    ER_READ_ONLY_MODE: 1836,
    ER_INNODB_READ_ONLY: 1874,
  },
  "missing-table": {
    ER_NO_SUCH_TABLE: 1146,
  },
  "missing-schema": {
    ER_BAD_DB_ERROR: 1049,
  },
  "foreign-key": {
    ER_NO_REFERENCED_ROW: 1216,
    ER_ROW_IS_REFERENCED: 1217,
    ER_ROW_IS_REFERENCED_2: 1451,
    ER_NO_REFERENCED_ROW_2: 1452,
  },
  unique: {
    ER_DUP_ENTRY: 1062,
    ER_DUP_ENTRY_WITH_KEY_NAME: 1586,
  },
  "transaction-ended": {
    ER_SP_DOES_NOT_EXIST: 1305, // of a savepoint
  },
};

const kinds = new Map<unknown, DriverErrorKind>([
  // What mysql2 finds itself.
  ["PROTOCOL_CONNECTION_LOST", "unreachable"],
  ["PROTOCOL_SEQUENCE_TIMEOUT", "cancelled"],
  ...Object.entries(codes).flatMap(([kind, known]) =>
    Object.entries(known)
      .flat()
      .map((code) => [code, kind as DriverErrorKind] as const),
  ),
]);

export const mysqlMeaning = (error: unknown): DriverErrorMeaning | undefined =>
  firstMeaning(error, (one) => {
    const setting = settingAtFault(one);
    if (setting) return { kind: "setting", setting: setting[0], problem: setting[1] };
    const kind = kindOf(one);
    return kind && { kind };
  });

function kindOf(error: unknown): DriverErrorKind | undefined {
  const number = propertyOf(error, "errno");
  // A node of a Galera cluster that is not part of it says so with the number of an unknown command.
  if (number === 1047 && /WSREP/.test(messageOf(error))) return "unreachable";
  const kind = kinds.get(number) ?? kinds.get(codeOf(error));
  if (kind !== undefined) return kind;
  // mysql2 gives this no code.
  return /in closed state/.test(messageOf(error)) ? "unreachable" : networkMeaning(error);
}

/** For the settings that are asked for at opening, too. */
export const noAutocommit = [
  "autocommit",
  "it is off, so that statements begin transactions that are never ended; " +
    "set it to ON, for the server or on each connection",
] as const;

/** Whether the server logs statements, and therefore takes no changes under READ COMMITTED. */
export const isIsolationRefused = (error: unknown): boolean =>
  codeOf(error) === "ER_BINLOG_STMT_MODE_AND_ROW_ENGINE";

/** The name of the setting that makes the server refuse what plugbay does, and what is wrong with it. */
function settingAtFault(error: unknown): readonly [setting: string, problem: string] | undefined {
  if (isIsolationRefused(error)) {
    const problem =
      "it is STATEMENT, under which the server takes no changes at the isolation level READ COMMITTED; " +
      "set binlog_format to ROW or MIXED, or transaction_isolation to REPEATABLE-READ";
    return ["binlog_format", problem];
  }
  // A statement before has begun a transaction by itself.
  if (codeOf(error) === "ER_CANT_CHANGE_TX_CHARACTERISTICS") return noAutocommit;
  // mysql2 says which statement an error is of.
  if (codeOf(error) === "ER_PARSE_ERROR" && propertyOf(error, "sql") === "begin") {
    const problem =
      "it has ORACLE, under which Kysely cannot begin a transaction; " +
      "open plugbay with mysql(pool) in place of the Kysely instance, or take ORACLE out of sql_mode";
    return ["sql_mode", problem];
  }
  return undefined;
}
