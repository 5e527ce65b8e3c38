import { Fragment, type ReactNode } from "react";
import styles from "./facts.module.css";

export interface Fact {
  readonly name: ReactNode;
  /** What tells it from the others, where its name is no text. */
  readonly id?: string;
  readonly value: ReactNode;
}

/** Names and what they stand for, one pair a line. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, id, value }) => (
        <Fragment key={id ?? String(name)}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </Fragment>
      ))}
    </dl>
  );
}
