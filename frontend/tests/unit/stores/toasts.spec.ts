import { createPinia, setActivePinia } from 'pinia';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TOAST_MS, useToastStore } from '@/stores/toasts';

beforeEach(() => {
  vi.useFakeTimers();
  setActivePinia(createPinia());
});
afterEach(() => {
  vi.useRealTimers();
});

describe('toasts', () => {
  it('go by themselves after eight seconds', () => {
    const store = useToastStore();
    store.push('deleted');
    vi.advanceTimersByTime(TOAST_MS - 1);
    expect(store.toasts).toHaveLength(1);
    vi.advanceTimersByTime(1);
    expect(store.toasts).toHaveLength(0);
  });
  it('undo once and are gone', () => {
    const store = useToastStore();
    const undo = vi.fn();
    const id = store.push('deleted', { undo });
    store.undo(id);
    store.undo(id);
    vi.advanceTimersByTime(TOAST_MS);
    expect(undo).toHaveBeenCalledTimes(1);
    expect(store.toasts).toHaveLength(0);
  });
});
