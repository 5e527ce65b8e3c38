/** Leads to the first field in which something is wrong. */
export const focusInvalid = (area: HTMLElement | null): void =>
  area?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
