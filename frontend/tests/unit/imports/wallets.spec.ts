import { flushPromises } from '@vue/test-utils';
import { afterEach, describe, expect, it } from 'vitest';
import WalletTable from '@/components/imports/WalletTable.vue';
import type { CertifiedWallet } from '@/composables/useCertificate';
import { setDisplay } from '@/lib/display';
import { show } from '../mounting';
import { ready } from '../overview/builders';
import { asset, certificate } from './builders';

const line = (over: Partial<CertifiedWallet> = {}): CertifiedWallet => ({ wallet: 'spot', replayed: '0.3', reported: '0.3', difference: '0', state: 'agrees', ...over });
const right = [line(), line({ wallet: 'earn_flexible', replayed: '0.2', reported: '0.2' })];
const moved = [
  line({ replayed: '570', reported: '500', difference: '-70', state: 'moves_not_told' }),
  line({ wallet: 'funding', replayed: '0', reported: '70', difference: '70', state: 'moves_not_told' }),
];
const panel = (...wallets: CertifiedWallet[][]) =>
  show(WalletTable, { props: { certificate: ready(certificate(wallets.map((lines, n) => asset({ asset: `COIN${n}`, wallets: lines })))) } });

describe('wallet by wallet', () => {
  afterEach(() => setDisplay({ hidden: false }));

  it('says of each whether it is right, and what was moved that nobody tells', async () => {
    const rows = (await panel(right, moved)).findAll('tbody tr').map((row) => row.text());
    expect(rows).toHaveLength(4);
    expect(rows[0]).toMatch(/COIN0.*spot.*0\.3.*0\.3.*agrees/);
    expect(rows[1]).toMatch(/COIN0.*earn, flexible.*agrees/);
    expect(rows[2]).toMatch(/COIN1.*spot.*570.*500.*-70.*Binance does not tell it/);
    expect(rows[3]).toMatch(/COIN1.*funding.*0.*70.*\+70.*Binance does not tell it/);
  });
  it('can be narrowed to those that are not right', async () => {
    const wrapper = await panel(right, moved);
    await wrapper.findAll('[role=radio]')[1]?.trigger('click');
    await flushPromises();
    expect(wrapper.findAll('tbody tr')).toHaveLength(2);
  });
  it('is not there while all coins are in one wallet', async () => {
    expect((await panel([line()], [line()])).find('[data-testid=wallets]').exists()).toBe(false);
  });
  it('hides amounts, and leaves open what nobody replayed yet', async () => {
    setDisplay({ hidden: true });
    expect((await panel(moved)).text()).not.toMatch(/70|500/);
    setDisplay({ hidden: false });
    const unread = [line(), line({ wallet: 'funding', replayed: null, difference: null, state: 'moves_not_read' })];
    expect((await panel(unread)).findAll('tbody tr')[1]?.text()).toMatch(/….*not read yet/);
  });
});
