/** A code block of a Markdown text. */
export interface Block {
  readonly language: string;
  readonly text: string;
  /** The file that it is the whole of, as the comment above it says. */
  readonly file: string | undefined;
  /**
   * What becomes of that file: it `run`s to its end, `serves` the panel on port 3000, is part of a `next` application, or
   * has tests for `vitest`, `jest` or `node`.
   */
  readonly mark: "run" | "serves" | "next" | "vitest" | "jest" | "node" | undefined;
  /** Whether the comment above it says that it is a piece of a file, which cannot be run. */
  readonly isFragment: boolean;
  /** The word of a comment above it that says by which test it is run: `once`, `serve`. */
  readonly note: string | undefined;
  /** The heading of the second level that it stands under. */
  readonly section: string;
}

const pattern =
  /^## ([^\n]+)$|(?:<!-- (?:file: (\S+) ?(run|serves|next|vitest|jest|node)?|(fragment)|(once|serve)) -->\n)?^```(\w*)\n(.*?)^```$/gms;

/** In the order in which a reader meets them. */
export function blocksOf(markdown: string): Block[] {
  let section = "";
  const blocks: Block[] = [];
  for (const [, heading, file, mark, fragment, note, language = "", text = ""] of markdown.matchAll(
    pattern,
  )) {
    if (heading !== undefined) section = heading;
    else
      blocks.push({
        language,
        text,
        file,
        mark: mark as Block["mark"],
        isFragment: fragment !== undefined,
        note,
        section,
      });
  }
  return blocks;
}

/** Whether it is code of an application, which has to say what file it is. */
export const isCode = ({ language }: Block): boolean => /^(ts|tsx|js|typescript|javascript)$/.test(language);
