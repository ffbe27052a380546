// What a reader came for is drawn first: while its figures are at hand, number and chart stand before the rest is built.
import { readonly, ref, type Ref } from 'vue';

const whole = ref(true);
/** A hidden tab is given no frames; its page is completed all the same. */
const LONGEST_MS = 300;

/** False between the first drawing and the rest of the page: what is not of the first screen leaves its room empty. */
export function useWholePage(): Readonly<Ref<boolean>> {
  return readonly(whole);
}

/** Let `draw` build the first screen alone; the rest follows once that has been painted. */
export function drawFirst(draw: () => void): Promise<void> {
  whole.value = false;
  draw();
  return new Promise((done) => {
    const complete = (): void => {
      clearTimeout(timer);
      whole.value = true;
      done();
    };
    const timer = setTimeout(complete, LONGEST_MS);
    requestAnimationFrame(() => setTimeout(complete));
  });
}
