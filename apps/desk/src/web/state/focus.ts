// Where the keyboard goes on when what it was on is gone.

/** The tab that is shown. */
export const focusTab = (): void => document.getElementById('tab')?.focus({ preventScroll: true });

/** To that element, or to the tab where it is gone or can be pressed no more. */
export function focusOr(wanted: Element | null | undefined): void {
  if (wanted instanceof HTMLElement && wanted.isConnected && wanted !== document.body) wanted.focus();
  if (document.activeElement === null || document.activeElement === document.body) focusTab();
}

/** Leaves by Escape: what was opened is closed, and the keyboard goes back to what opened it. */
export const onEscape =
  (leave: () => void) =>
  (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.preventDefault();
    event.stopPropagation();
    leave();
  };

/** For a menu: `<details onKeyDown={closeMenu}>`. */
export function closeMenu(event: KeyboardEvent & { readonly currentTarget: HTMLDetailsElement }): void {
  if (event.key !== 'Escape' || !event.currentTarget.open) return;
  event.preventDefault();
  event.currentTarget.open = false;
  event.currentTarget.querySelector('summary')?.focus();
}

/** Where the keyboard was last; a pointer has its own way. */
let last: Element | undefined;
document.addEventListener('focusin', ({ target }) => {
  last = target instanceof Element ? target : undefined;
});
document.addEventListener('pointerdown', () => {
  last = undefined;
});

/** What had the focus went away, or can be pressed no more: the keyboard goes on in the tab. */
export function keepFocus(): void {
  if (last === undefined || document.activeElement !== document.body) return;
  if (!last.isConnected || last.matches(':disabled')) focusTab();
}
