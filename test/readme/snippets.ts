export interface SourceSnippet {
  readonly file: string;
  /** Whether it is a program to run. */
  readonly runs: boolean;
  readonly text: string;
}

/** The code blocks of a Markdown text: TypeScript with the file it belongs in, and commands to type. */
export interface Snippets {
  readonly sources: readonly SourceSnippet[];
  readonly commands: readonly string[];
  /** TypeScript blocks that no comment gives a file. */
  readonly strays: number;
}

export function extractSnippets(markdown: string): Snippets {
  const sources = [...markdown.matchAll(/<!-- file: (\S+)( run)? -->\n```ts\n(.*?)```/gs)].map(
    ([, file = "", run, text = ""]) => ({ file, runs: run !== undefined, text }),
  );
  const commands = [...markdown.matchAll(/<!-- commands -->\n```sh\n(.*?)```/gs)].flatMap(([, text = ""]) =>
    text.trim().split("\n"),
  );
  const blocks = [...markdown.matchAll(/^```(ts|typescript|js|tsx)\b/gm)].length;
  return { sources, commands, strays: blocks - sources.length };
}
