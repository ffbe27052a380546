// Which keys mean something. Handlers come and go with the components that own them; the newest wins.

export type Shortcut = 'palette' | '/' | 'h' | 'r' | 'n' | 'e' | '?' | 'range' | 'goto';

type Handler = (key: string) => void;
const handlers = new Map<Shortcut, Handler[]>();

/** Offer `handler` for a shortcut; call the result to withdraw it. */
export function offerShortcut(name: Shortcut, handler: Handler): () => void {
  const list = handlers.get(name) ?? [];
  handlers.set(name, [...list, handler]);
  return () => handlers.set(name, (handlers.get(name) ?? []).filter((one) => one !== handler));
}

/** Whether anything on the page answers it now. */
export function isOffered(name: Shortcut): boolean {
  return (handlers.get(name)?.length ?? 0) > 0;
}

/** Run the newest handler; false when nobody offers one. */
export function runShortcut(name: Shortcut, key: string): boolean {
  const handler = handlers.get(name)?.at(-1);
  handler?.(key);
  return handler !== undefined;
}

const GOTO_MS = 1500;

/** Turns key presses into shortcuts: `g` waits a moment for the key of a page. */
export function createKeyReader(singleKeys: () => boolean, pageKeys: string): (event: KeyboardEvent) => void {
  let gotoUntil = 0;
  const SINGLE: Readonly<Record<string, Shortcut>> = { '/': '/', h: 'h', r: 'r', n: 'n', e: 'e', '?': '?' };

  function shortcutOf(event: KeyboardEvent): Shortcut | null {
    const { key } = event;
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') return 'palette';
    if (event.ctrlKey || event.metaKey || event.altKey || typesInto(event.target) || !singleKeys() || inDialog(event.target)) return null;
    if (event.timeStamp < gotoUntil && pageKeys.includes(key)) return 'goto';
    return /^[1-9]$/.test(key) ? 'range' : (SINGLE[key] ?? null);
  }

  return (event) => {
    const name = shortcutOf(event);
    const startsGoto = name === null && event.key === 'g' && !event.repeat && singleKeys() && !typesInto(event.target) && !modified(event);
    gotoUntil = startsGoto ? event.timeStamp + GOTO_MS : 0;
    if (name && runShortcut(name, event.key)) event.preventDefault();
  };
}

const modified = (event: KeyboardEvent): boolean => event.ctrlKey || event.metaKey || event.altKey;

/** Keys belong to the field while one has the focus. */
function typesInto(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !['checkbox', 'radio', 'button', 'submit', 'range'].includes(target.type);
  return target.isContentEditable || ['TEXTAREA', 'SELECT'].includes(target.tagName);
}

/** An open dialog has the keyboard for itself. */
function inDialog(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('[role="dialog"], [role="alertdialog"], [role="menu"]') !== null;
}
