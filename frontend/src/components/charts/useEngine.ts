import { onMounted, onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { display } from '@/lib/display';
import type { createEngine, Engine } from './engine';
import type { LineModel } from './model';

let create: typeof createEngine | null = null;

/** Load Chart.js, which is a chunk of its own. Whoever has waited for it draws in the moment of its mounting. */
export async function loadEngine(): Promise<typeof createEngine> {
  return (create ??= (await import('./engine')).createEngine);
}

/**
 * Draw `model` on the canvas, and draw again when the model, the theme, the
 * locale or hidden amounts change. `failed` is true when the chunk could not be fetched.
 */
export function useEngine(
  canvas: Readonly<ShallowRef<HTMLCanvasElement | null>>,
  model: () => LineModel,
  dateLabel: (t: number) => string,
): { engine: ShallowRef<Engine | null>; failed: Ref<boolean> } {
  const engine = shallowRef<Engine | null>(null);
  const failed = shallowRef(false);
  let gone = false;

  onMounted(async () => {
    try {
      const start = create ?? (await loadEngine());
      if (gone || !canvas.value) return;
      engine.value = start(canvas.value, dateLabel);
      draw();
      // Text drawn before the font has arrived would stay in the fallback.
      if (document.fonts?.status !== 'loading') return;
      await document.fonts.ready;
      draw();
    } catch {
      failed.value = true; // offline between two pages: the table under the chart still works
    }
  });

  function draw(): void {
    if (!gone) engine.value?.show(model());
  }
  // After the flush: tokens are read from the page, which must carry the new theme by then.
  watch([model, () => ({ ...display })], draw, { flush: 'post' });

  onScopeDispose(() => {
    gone = true;
    engine.value?.destroy();
  });
  return { engine, failed };
}
