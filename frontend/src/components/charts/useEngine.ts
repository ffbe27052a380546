import { onMounted, onScopeDispose, shallowRef, watch, type Ref, type ShallowRef } from 'vue';
import { display } from '@/lib/display';
import type { Engine } from './engine';
import type { LineModel } from './model';

/**
 * Load Chart.js in its own chunk, draw `model` on the canvas, and draw again when the model, the theme, the
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
      const { createEngine } = await import('./engine');
      if (gone || !canvas.value) return;
      engine.value = createEngine(canvas.value, dateLabel);
      draw();
      // Text drawn before the font has arrived would stay in the fallback.
      await document.fonts?.ready;
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
