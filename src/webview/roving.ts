/** Makes each toolbar, tab list and menu one stop of the Tab key; arrow keys move inside it (WAI-ARIA APG, "roving tabindex"). */

const groups = '[role=toolbar], [role=tablist], [role=menu]';
const controls = 'button, select, input';

/** Call it after each rendering: controls come and go. The control that had the focus last is the group's stop. */
export function updateStops(root: HTMLElement): void {
  for (const group of root.querySelectorAll<HTMLElement>(groups)) {
    const all = controlsOf(group);
    const current = all.find(control => control.tabIndex === 0) ?? all[0];
    for (const control of all) setStop(control, control === current);
  }
}

/** Listens for arrow keys, Home and End in the groups below an element. */
export function listenForArrows(root: HTMLElement): void {
  root.addEventListener('focusin', event => {
    const group = groupOf(event.target);
    if (!group) return;
    for (const control of controlsOf(group)) setStop(control, control === event.target);
  });
  root.addEventListener('keydown', event => {
    const group = groupOf(event.target);
    if (!group || event.ctrlKey || event.metaKey || event.altKey) return;
    const all = controlsOf(group);
    const to = target(event.key, all.indexOf(event.target as HTMLElement), all.length, group.role === 'menu');
    if (to === undefined) return;
    event.preventDefault();
    all[to]?.focus();
  });
}

/** The index that a key moves to, round the ends; undefined for other keys. */
function target(key: string, at: number, count: number, isVertical: boolean): number | undefined {
  const [before, after] = isVertical ? ['ArrowUp', 'ArrowDown'] : ['ArrowLeft', 'ArrowRight'];
  if (key === before) return (at + count - 1) % count;
  if (key === after) return (at + 1) % count;
  if (key === 'Home') return 0;
  return key === 'End' ? count - 1 : undefined;
}

function groupOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element && target.matches(controls) ? target.closest<HTMLElement>(groups) : null;
}

function controlsOf(group: HTMLElement): HTMLElement[] {
  return [...group.querySelectorAll<HTMLElement>(controls)].filter(
    control => !control.matches(':disabled') && control.checkVisibility(),
  );
}

function setStop(control: HTMLElement, isStop: boolean): void {
  const index = isStop ? 0 : -1;
  if (control.tabIndex !== index) control.tabIndex = index;
}
