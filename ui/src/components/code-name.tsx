import { Fragment } from "react";

interface CodeNameProps {
  readonly name: string;
}

/** A name as the code spells it: keeps its own direction, and breaks after its separators where it must. */
export function CodeName({ name }: CodeNameProps) {
  const parts = name.split(/(?<=[/_.:-])/);
  return (
    <bdi>
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
