// Addresses outside that are the user's own: what goes there stays theirs.
import type { Answer } from '@/api/answers';
import { change, create, remove } from '@/api/client';
import { useLiveStore } from '@/stores/live';
import { useResource, type Resource } from './useResource';

export type Addresses = Answer<'/api/addresses'>;
export type Address = Addresses['items'][number];
export interface NewAddress {
  readonly address: string;
  readonly network?: string;
  readonly label?: string;
  readonly treatment: Address['treatment'];
}

const PATH = '/api/addresses';
const ONE = '/api/addresses/{address_id}';

export function useAddresses(): Resource<Addresses> {
  return useResource<Addresses>(PATH, { topics: ['cashflow', 'balances'] });
}

export interface AddressWrites {
  add: (one: NewAddress) => Promise<unknown>;
  treat: (id: number, treatment: Address['treatment']) => Promise<unknown>;
  drop: (id: number) => Promise<unknown>;
}

/** Every figure that rests on flows and holdings is asked for again after a write. */
export function useAddressWrites(): AddressWrites {
  const live = useLiveStore();
  async function after(answer: Promise<unknown>): Promise<unknown> {
    const body = await answer;
    live.bump(['cashflow', 'snapshot', 'balances']);
    return body;
  }
  return {
    add: (one) => after(create(PATH, one)),
    treat: (id, treatment) => after(change(ONE, { treatment }, { path: { address_id: id } })),
    drop: (id) => after(remove(ONE, { path: { address_id: id } })),
  };
}
