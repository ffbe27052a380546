import { flushPromises } from '@vue/test-utils';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import BackupPanel from '@/components/settings/BackupPanel.vue';
import { useToastStore } from '@/stores/toasts';
import { show } from '../mounting';

const one = {
  name: 'portfolio-20261120T030000Z.zip', made_at: '2026-11-19T03:00:00Z', reason: 'scheduled', size_bytes: 38_240_000, database_bytes: 120_000_000,
  rows: 1_234_567, schema: '0046', program: '0.1.0', sha256: 'ab'.repeat(32),
};
const kept = {
  environment: 'live', items: [one], unreadable: [], folder: '/srv/data/backups', interval_seconds: 86_400, keep_days: 7, keep_weeks: 4, next_at: '2026-11-21T03:00:00Z',
};

/** A server with these backups; making one adds it, unless it refuses. */
function server(found: object, refusal?: string): { made: () => number } {
  let made = 0;
  vi.stubGlobal('fetch', vi.fn(async (request: Request) => {
    const headers = { 'Content-Type': 'application/json' };
    if (request.method !== 'POST') return new Response(JSON.stringify(made ? { ...found, items: [{ ...one, size_bytes: 41_000_000 }, one] } : found), { headers });
    if (refusal) {
      const problem = { type: '/problems/backup-failed', title: 'Backup failed', status: 503, detail: refusal, code: 'backup-failed' };
      return new Response(JSON.stringify(problem), { status: 503, headers: { 'Content-Type': 'application/problem+json' } });
    }
    made += 1;
    return new Response(JSON.stringify({ ...one, size_bytes: 41_000_000 }), { status: 201, headers });
  }));
  return { made: () => made };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-20T14:00:00Z') });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
  document.body.innerHTML = '';
});

describe('the panel of backups', () => {
  it('says when the last one was made, how large it is, what is kept, and that the master key is not in it', async () => {
    server(kept);
    const wrapper = await show(BackupPanel);
    await flushPromises();
    expect(wrapper.get('[data-testid="last-backup"]').text()).toMatch(/^Last backup .*19.* · 38\.2 MB · verified$/);
    const text = wrapper.text();
    expect(text).toContain('Kept: the newest of 7 days and of 4 weeks');
    expect(text).toContain('The master key is not in the backup: store it elsewhere.');
    expect(text).toContain('1 backup in /srv/data/backups');
    expect(text).not.toContain('late');
    expect(text).not.toContain('Not whole');
  });

  it('makes one when asked, and shows it', async () => {
    const { made } = server(kept);
    const wrapper = await show(BackupPanel);
    await flushPromises();
    await wrapper.get('[data-testid="make-backup"]').trigger('click');
    await flushPromises();
    expect(made()).toBe(1);
    expect(wrapper.get('[data-testid="last-backup"]').text()).toContain('41.0 MB');
    expect(useToastStore().toasts.at(-1)?.text).toContain('read back and whole');
  });

  it('says why none was made', async () => {
    server(kept, 'The disk of /srv is full: no backup was made');
    const wrapper = await show(BackupPanel);
    await flushPromises();
    await wrapper.get('[data-testid="make-backup"]').trigger('click');
    await flushPromises();
    expect(wrapper.get('[role="alert"]').text()).toContain('The disk of /srv is full');
    expect(wrapper.get<HTMLButtonElement>('[data-testid="make-backup"]').element.disabled).toBe(false);
  });

  it('warns of a backup that is late and of files that are not whole', async () => {
    server({ ...kept, next_at: '2026-11-20T03:00:00Z', unreadable: ['portfolio-20260101T000000Z.zip'] });
    const wrapper = await show(BackupPanel);
    await flushPromises();
    expect(wrapper.text()).toContain('The scheduled backup is late');
    expect(wrapper.text()).toContain('Not whole, or no backup: portfolio-20260101T000000Z.zip');
  });

  it('says in French that there is none yet and that none is made by itself', async () => {
    server({ ...kept, items: [], interval_seconds: 0, next_at: null });
    const wrapper = await show(BackupPanel, { language: 'fr' });
    await flushPromises();
    expect(wrapper.text()).toContain('Aucune sauvegarde.');
    expect(wrapper.text()).toContain('Aucune ne se fait d’elle-même');
  });
});
