import { useCallback, useState } from "react";

/** Keeps count of the fields whose text is no value yet. */
export function useUnreadable() {
  const [fields, setFields] = useState<ReadonlySet<string>>(new Set());
  const setUnreadable = useCallback((fieldId: string, isUnreadable: boolean) => {
    setFields((before) => {
      if (before.has(fieldId) === isUnreadable) return before;
      const others = [...before].filter((id) => id !== fieldId);
      return new Set(isUnreadable ? [...others, fieldId] : others);
    });
  }, []);
  return { isReadable: fields.size === 0, setUnreadable };
}
