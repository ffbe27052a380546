// Short news at the edge of the page, with Undo where there is one.
import { defineStore } from 'pinia';
import { ref } from 'vue';

export const TOAST_MS = 8000;

export interface Toast {
  id: number;
  text: string;
  tone: 'ok' | 'warn' | 'bad';
  undo?: () => void;
  endsAt: number;
}

export const useToastStore = defineStore('toasts', () => {
  const toasts = ref<Toast[]>([]);
  const timers = new Map<number, ReturnType<typeof setTimeout>>();
  let last = 0;

  /** Show `text` for 8 s; `undo` adds the button. */
  function push(text: string, options: { tone?: Toast['tone']; undo?: () => void } = {}): number {
    const id = ++last;
    toasts.value.push({ id, text, tone: options.tone ?? 'ok', undo: options.undo, endsAt: Date.now() + TOAST_MS });
    timers.set(id, setTimeout(() => dismiss(id), TOAST_MS));
    return id;
  }
  function dismiss(id: number): void {
    clearTimeout(timers.get(id));
    timers.delete(id);
    toasts.value = toasts.value.filter((toast) => toast.id !== id);
  }
  function undo(id: number): void {
    const toast = toasts.value.find((one) => one.id === id);
    dismiss(id);
    toast?.undo?.();
  }
  return { toasts, push, dismiss, undo };
});
