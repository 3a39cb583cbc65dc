/** Puts the focus on the first control of a popover that has opened. Closing gives it back to the popover's button. */
export function focusFirst(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>('button, input')?.focus();
}
