import type { Block } from "./blocks.ts";

const mark = "@@ plugbay: the end of a block";

/** What the blocks of shell say, and what is shown to be printed by each: the block without a language behind it. */
export interface Script {
  readonly text: string;
  readonly shown: readonly string[];
}

/** Blocks of one terminal as one script, so that a later one knows the variables of an earlier one. */
export function scriptOf(blocks: readonly Block[], wanted: (block: Block) => boolean): Script {
  const steps = blocks.flatMap((block, at) => {
    if (block.language !== "sh" || !wanted(block)) return [];
    const next = blocks[at + 1];
    return [{ text: block.text, shown: next?.language === "" ? next.text : "" }];
  });
  return {
    text: ["set -e", ...steps.map(({ text }) => `${text}echo "${mark}"`)].join("\n"),
    shown: steps.map(({ shown }) => shown),
  };
}

/** What each block of a script has printed. */
export const printedBy = (output: string): string[] => output.split(`${mark}\n`).slice(0, -1);
