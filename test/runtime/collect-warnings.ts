import { onTestFinished, vi } from "vitest";

/** The messages of the process warnings that come from here on; they are not printed. */
export function collectWarnings(): string[] {
  const messages: string[] = [];
  const spy = vi.spyOn(process, "emitWarning").mockImplementation((message) => {
    messages.push(String(message));
  });
  onTestFinished(() => spy.mockRestore());
  return messages;
}
