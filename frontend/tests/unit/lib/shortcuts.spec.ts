import { afterEach, describe, expect, it } from 'vitest';
import { createKeyReader, isOffered, offerShortcut, type Shortcut } from '@/lib/shortcuts';

const heard: string[] = [];
const withdraw: (() => void)[] = [];
function listen(...names: Shortcut[]): void {
  for (const name of names) withdraw.push(offerShortcut(name, (key) => heard.push(`${name}:${key}`)));
}
function reader(singleKeys = true): (event: KeyboardEvent) => void {
  return createKeyReader(() => singleKeys, 'opctras,');
}
function press(read: (event: KeyboardEvent) => void, key: string, init: KeyboardEventInit & { at?: number; on?: HTMLElement } = {}): KeyboardEvent {
  const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
  Object.defineProperty(event, 'timeStamp', { value: init.at ?? 0 });
  const target = init.on ?? document.body;
  target.addEventListener('keydown', read, { once: true });
  target.dispatchEvent(event);
  return event;
}

afterEach(() => {
  heard.length = 0;
  for (const stop of withdraw.splice(0)) stop();
  document.body.replaceChildren();
});

describe('keys', () => {
  it('hears single keys and keeps the browser from using them', () => {
    listen('h', '?', 'range');
    const read = reader();
    expect(press(read, 'h').defaultPrevented).toBe(true);
    press(read, '?', { shiftKey: true });
    press(read, '7');
    expect(heard).toEqual(['h:h', '?:?', 'range:7']);
  });
  it('leaves keys alone that nobody answers', () => {
    expect(press(reader(), 'e').defaultPrevented).toBe(false);
  });
  it('goes to a page with g and its key, within a moment', () => {
    listen('goto', 'r');
    const read = reader();
    press(read, 'g', { at: 1000 });
    press(read, 'r', { at: 1500 });
    expect(heard).toEqual(['goto:r']);
    press(read, 'g', { at: 3000 });
    press(read, 'r', { at: 6000 });
    expect(heard).toEqual(['goto:r', 'r:r']);
  });
  it('is silent in fields', () => {
    listen('h', 'goto');
    const input = document.body.appendChild(document.createElement('input'));
    const read = reader();
    press(read, 'h', { on: input });
    press(read, 'g', { on: input, at: 1 });
    press(read, 'o', { on: input, at: 2 });
    expect(heard).toEqual([]);
  });
  it('hears keys on a switch or a radio, which take no text', () => {
    listen('h');
    const box = document.body.appendChild(Object.assign(document.createElement('input'), { type: 'checkbox' }));
    press(reader(), 'h', { on: box });
    expect(heard).toEqual(['h:h']);
  });
  it('is silent with modifiers held', () => {
    listen('r', 'h');
    const read = reader();
    press(read, 'r', { ctrlKey: true });
    press(read, 'h', { altKey: true });
    press(read, 'h', { metaKey: true });
    expect(heard).toEqual([]);
  });
  it('is silent inside an open dialog', () => {
    listen('h');
    document.body.innerHTML = '<div role="dialog"><button></button></div>';
    press(reader(), 'h', { on: document.querySelector('button') ?? undefined });
    expect(heard).toEqual([]);
  });
  it('can be switched off, but for the palette', () => {
    listen('h', 'palette');
    const read = reader(false);
    press(read, 'h');
    press(read, 'k', { ctrlKey: true });
    press(read, 'k', { metaKey: true });
    expect(heard).toEqual(['palette:k', 'palette:k']);
  });
  it('knows which keys something answers', () => {
    const stop = offerShortcut('e', () => undefined);
    expect(isOffered('e')).toBe(true);
    stop();
    expect(isOffered('e')).toBe(false);
  });
  it('asks the newest handler, and the older one again after it has gone', () => {
    listen('n');
    const stop = offerShortcut('n', () => heard.push('newer'));
    const read = reader();
    press(read, 'n');
    stop();
    press(read, 'n');
    expect(heard).toEqual(['newer', 'n:n']);
  });
});
