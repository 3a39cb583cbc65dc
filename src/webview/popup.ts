/** Puts the focus on the first control of a popover that has opened. Closing gives it back to the popover's button. */
export function focusFirst(event: ToggleEvent): void {
  if (event.newState !== 'open') return;
  (event.currentTarget as HTMLElement).querySelector<HTMLElement>('button, input')?.focus();
}

/** Closes a popover that the focus leaves for another part of the page. */
export function closeBehind(event: FocusEvent): void {
  const popover = event.currentTarget as HTMLElement;
  const to = event.relatedTarget;
  // Its button closes it by itself.
  if (to instanceof HTMLElement && !popover.contains(to) && to.getAttribute('popovertarget') !== popover.id) {
    popover.hidePopover();
  }
}
