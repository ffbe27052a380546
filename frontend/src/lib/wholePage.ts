// What a reader came for is drawn first: number and chart stand before the rest is fetched, asked for and built.
import { readonly, ref, type Ref } from 'vue';

const whole = ref(true);
let completed: Promise<void> = Promise.resolve();
/** A hidden tab is given no frames; its page is completed all the same. */
const LONGEST_MS = 300;

/** False between the first drawing and the rest of the page: what is not of the first screen leaves its room empty. */
export function useWholePage(): Readonly<Ref<boolean>> {
  return readonly(whole);
}

/** Resolves once the rest of the page has its turn; at once where nothing is drawn ahead of it. */
export function afterFirstScreen(): Promise<void> {
  return completed;
}

/** Let `draw` build the first screen alone. Once that has been painted `rest` is fetched, and built when it is there. */
export function drawFirst(draw: () => void, rest: () => Promise<unknown>): Promise<void> {
  whole.value = false;
  completed = new Promise((done) => {
    const complete = async (): Promise<void> => {
      clearTimeout(timer);
      await rest().catch(() => undefined); // who shows it says so
      whole.value = true;
      done();
    };
    const timer = setTimeout(() => void complete(), LONGEST_MS);
    requestAnimationFrame(() => setTimeout(() => void complete()));
  });
  draw();
  return completed;
}
