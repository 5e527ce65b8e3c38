import type { Clock } from "../../time/clock.ts";
import { isoTime } from "../../time/iso-time.ts";
import type { Author, RowChange } from "../change.ts";
import { changeByKey, type FirstChange, type Repetition, toFirstChange } from "../change-table.ts";
import { type Current, type Expected, ExpectedReads } from "../current.ts";
import type { Db, StoreDialect } from "../dialect.ts";
import { RevisionUnreadableError } from "../errors.ts";
import type { LockWait } from "../lock-wait.ts";
import { type Mark, maxRevision } from "../mark.ts";
import type { Call } from "../open-calls.ts";
import type { Prologue } from "../prologue.ts";
import type { Query } from "../query.ts";
import { lineOf, markOf, trailAt, turnAtNewLine } from "../revision-line.ts";
import type { RowFaults } from "../row-faults.ts";
import { silence, silentFor } from "../silence.ts";
import type { TableNames } from "../table-names.ts";
import { trailTo } from "../trail.ts";
import { newUuid } from "../uuid.ts";
import { stamped, writeChanges } from "../write-changes.ts";
import { GivenUp } from "./given-up.ts";
import type { TransactionWork } from "./transaction-work.ts";

/** What a transaction did; `changes` are as written, with versions and revisions. */
export interface Written extends Mark {
  /** Where the data stood before. */
  readonly before: Mark;
  /** Empty: nothing was written. */
  readonly changes: readonly RowChange[];
}

/** Which changes to make, by what is there. */
export type Decide = (current: Current) => Promise<readonly RowChange[]>;

/** Where a change is made. */
export interface Place {
  readonly dialect: StoreDialect;
  readonly tables: TableNames;
  readonly namespace: string;
  readonly topic: string;
  readonly clock: Clock;
  readonly faults: RowFaults;
  /** @throws DatabaseReplacedError */
  readonly checkOrigin: (before: Mark) => void;
}

export interface Change {
  readonly id: string;
  readonly author: Author;
  readonly expected: Expected;
  readonly repetition: Repetition | undefined;
  readonly prologue?: Prologue | undefined;
  readonly decide: Decide;
  /** Can be given up until it commits. */
  readonly call: Call;
  readonly lockWait: LockWait;
  /** The error of a change that has waited too long. */
  readonly blocked: () => Promise<Error>;
}

/** Thrown inside a transaction that finds its key used: by the same change, or by another one. */
export class KeyUsed extends GivenUp {
  readonly first: FirstChange;
  constructor(first: FirstChange) {
    super("a change was made under this key before");
    this.first = first;
  }
}

/**
 * Takes its turn, lets `decide` look and say what is to change, and writes that with its history under the next revision.
 * Where that is nothing, nothing is written and the revision stays; but a key is noted also then.
 */
export function changeWork(
  { dialect, tables, namespace, topic, clock, faults, checkOrigin }: Place,
  { id, author, expected, repetition, prologue, decide, call, lockWait, blocked }: Change,
): TransactionWork<Written> {
  const expectedReads = new ExpectedReads(tables, namespace, expected, faults);
  const reads = (db: Db): Query[] => [
    ...(repetition ? [changeByKey(db, tables, namespace, repetition.key)] : []),
    ...expectedReads.queries(db),
  ];
  return {
    lockWait,
    line: (db) => lineOf(db, tables, namespace),
    reads,
    async decide(transaction, turn) {
      call.begin();
      const { line, answers } =
        turn.line.length > 0
          ? turn
          : await turnAtNewLine(transaction, dialect, tables, namespace, reads(transaction));
      const endsAt = clock.monotonic() + silence.writeMs;
      const work = (): void => call.within(endsAt - clock.monotonic(), () => silentFor(silence.writeMs));
      work();
      const before = markOf(line);
      checkOrigin(before);
      if (before.revision >= maxRevision) throw new RevisionUnreadableError(before.revision);
      const [known, rest] = repetition ? [answers[0], answers.slice(1)] : [[], answers];
      const first = toFirstChange(known);
      if (first) throw new KeyUsed(first);

      const wanted = await decide(expectedReads.current(transaction, before, rest));
      const revisions = (prologue?.revisions ?? 0) + (wanted.length > 0 ? 1 : 0);
      if (revisions === 0 && !repetition) return unchanged(before);
      const origin = before.origin || newUuid();
      const mark =
        revisions === 0
          ? { ...before, origin }
          : { revision: before.revision + revisions, revisionId: id, origin };
      // A prologue gives rows other ids.
      const onlyItems = prologue === undefined && wanted.every(isOfKeptItem);
      const trail = trailTo(mark, { ...before, trail: trailAt(line) }, onlyItems);
      const context = { ...author, id, namespace, mark, trail, at: isoTime(clock), repetition };
      const changes = stamped(wanted, context);
      const write = async (queries: readonly Query[]) => {
        // What is answered sooner was at work. The server may count anew for each of several locks.
        call.within(Math.max(lockWait.nextMs, silence.statementMs), blocked);
        await dialect.writeAll(transaction, queries, lockWait.shorten()).finally(work);
      };
      for (const query of prologue?.queries(transaction, { tables, namespace, before, mark }) ?? [])
        await write([query]);
      await writeChanges(transaction, dialect, tables, changes, context, topic, write);
      call.commit();
      return { value: { ...mark, before, changes }, isWritten: true };
    },
  };
}

const isOfKeptItem = ({ entity, after }: RowChange): boolean => entity === "item" && after !== null;

const unchanged = (before: Mark) => ({ value: { ...before, before, changes: [] }, isWritten: false });
