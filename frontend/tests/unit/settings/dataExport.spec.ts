import { flushPromises, type VueWrapper } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import DataExport from '@/components/settings/DataExport.vue';
import { setDisplay } from '@/lib/display';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

const NAME = 'portfolio-export-20261122T192638Z.zip';
const zip = (): Response => new Response(new Blob(['PK']), { headers: { 'Content-Type': 'application/zip', 'Content-Disposition': `attachment; filename="${NAME}"` } });
let saved: string[] = [];

/** A server that answers so, each time it is asked; what was asked. */
function server(answer: () => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    return answer();
  }));
  return asked;
}
const press = async (wrapper: VueWrapper): Promise<void> => {
  await wrapper.get('button').trigger('click');
  await flushPromises();
};

beforeEach(() => {
  saved = [];
  Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => undefined });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) { saved.push(this.download); });
});
afterEach(() => {
  setDisplay({ hidden: false });
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the export of all data', () => {
  it('is handed to the browser under the name that the server gave it', async () => {
    const asked = server(zip);
    const wrapper = await show(DataExport);
    expect(wrapper.get('button').text()).toBe('Export all data');
    await press(wrapper);
    expect(asked).toEqual(['GET /api/portfolio/export/all']);
    expect(saved).toEqual([NAME]);
    expect(useToastStore().toasts.at(-1)?.text).toBe(`Export made: ${NAME}.`);
  });

  it('is under way once, and says so', async () => {
    let answered: (answer: Response) => void = () => undefined;
    const asked = server(() => new Promise<Response>((resolve) => { answered = resolve; }));
    const wrapper = await show(DataExport);
    await press(wrapper);
    const button = wrapper.get('button');
    expect([button.text(), button.element.disabled, button.attributes('aria-busy')]).toEqual(['Exporting …', true, 'true']);
    await press(wrapper);
    expect(asked).toHaveLength(1);
    answered(zip());
    await vi.waitFor(() => expect(saved).toEqual([NAME]));
  });

  it('says why there is none, and can be tried again', async () => {
    const problem = { type: '/problems/export-failed', title: 'Export failed', status: 503, detail: 'The disk of /srv is too full for an export', code: 'export-failed' };
    server(() => new Response(JSON.stringify(problem), { status: 503, headers: { 'Content-Type': 'application/problem+json' } }));
    const wrapper = await show(DataExport);
    await press(wrapper);
    expect(wrapper.get('[role="alert"]').text()).toBe('No export was made: The disk of /srv is too full for an export');
    expect(saved).toEqual([]);
    expect(wrapper.get('button').element.disabled).toBe(false);
  });

  it('is not made while amounts are hidden', async () => {
    const asked = server(zip);
    setDisplay({ hidden: true });
    const wrapper = await show(DataExport, { language: 'fr' });
    const button = wrapper.get('button');
    expect([button.text(), button.element.disabled]).toEqual(['Exporter toutes les données', true]);
    expect(document.getElementById(button.attributes('aria-describedby') ?? '')?.textContent).toContain('Les montants sont masqués');
    await press(wrapper);
    expect(asked).toEqual([]);
  });
});
