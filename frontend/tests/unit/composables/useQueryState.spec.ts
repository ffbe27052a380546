import { flushPromises } from '@vue/test-utils';
import { expect, it } from 'vitest';
import { useRoute } from 'vue-router';
import { useQueryText, useQueryWrite } from '@/composables/useQueryState';
import { inApp } from '../mounting';

it('words that are written at once all reach the URL', async () => {
  const { result, stop } = await inApp(() => ({ route: useRoute(), step: useQueryText<string>('step', 'targets'), plan: useQueryText<string>('plan', ''), write: useQueryWrite() }));
  await flushPromises();
  result.step.value = 'plan';
  result.plan.value = 'a41f';
  await flushPromises();
  expect(result.route.query).toEqual({ step: 'plan', plan: 'a41f' });
  void result.write({ step: 'execute', run: '7' });
  result.plan.value = '';
  await flushPromises();
  expect(result.route.query).toEqual({ step: 'execute', run: '7' });
  await result.write({ run: undefined });
  expect(result.route.query).toEqual({ step: 'execute' });
  stop();
});
