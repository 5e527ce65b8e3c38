export function readReasons(): Map<string, readonly string[]>;
export function hasReason(line: string, pieces: readonly string[]): boolean;
