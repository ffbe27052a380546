// The pages in the order of the sidebar: one list for routes, navigation, keys and the palette.
import type { IconName } from './icons';

export interface Page {
  name: 'overview' | 'performance' | 'cashflows' | 'trades' | 'rebalance' | 'audit' | 'system' | 'settings';
  path: string;
  /** Second key after `g`. */
  key: string;
  icon: IconName;
  group: 'portfolio' | 'house';
}

export const PAGES: readonly Page[] = [
  { name: 'overview', path: '/', key: 'o', icon: 'overview', group: 'portfolio' },
  { name: 'performance', path: '/performance', key: 'p', icon: 'performance', group: 'portfolio' },
  { name: 'cashflows', path: '/cash-flows', key: 'c', icon: 'cashflows', group: 'portfolio' },
  { name: 'trades', path: '/trades', key: 't', icon: 'trades', group: 'portfolio' },
  { name: 'rebalance', path: '/rebalance', key: 'r', icon: 'rebalance', group: 'portfolio' },
  { name: 'audit', path: '/audit-log', key: 'a', icon: 'audit', group: 'house' },
  { name: 'system', path: '/system', key: 's', icon: 'system', group: 'house' },
  { name: 'settings', path: '/settings', key: ',', icon: 'settings', group: 'house' },
];

export type PageName = Page['name'];
