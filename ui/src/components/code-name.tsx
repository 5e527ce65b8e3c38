import { Fragment } from "react";
import styles from "./code-name.module.css";

interface CodeNameProps {
  readonly name: string;
}

/** A part of a name up to so many letters is not broken: any column has the place for it. */
const longestWhole = 14;

/** A name as the code spells it: keeps its own direction, and breaks after its separators where it must. */
export function CodeName({ name }: CodeNameProps) {
  const parts = name.split(/(?<=[/_.:-])/);
  const isShort = parts.every((part) => part.length <= longestWhole);
  return (
    <bdi className={isShort ? styles.whole : undefined}>
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a name have no other identity
        <Fragment key={index}>
          {index > 0 && <wbr />}
          {part}
        </Fragment>
      ))}
    </bdi>
  );
}
