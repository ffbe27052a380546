// The parts of the frame that tell of rebalancing come when the page is idle: no first visit waits for them.
import { defineAsyncComponent } from 'vue';
import { whenIdle } from '@/lib/whenIdle';
import { withMessages } from '@/locales';

const part = (name: 'OutsideBadge' | 'RunBar') =>
  defineAsyncComponent(async () => {
    await whenIdle();
    return (await withMessages('running', import('./frameParts')))[name];
  });

export const OutsideBadge = part('OutsideBadge');
export const RunBar = part('RunBar');
