// The pages in the order of the sidebar: one list for routes, navigation, keys and the palette.
import type { IconName } from './icons';

export interface Page {
  name: 'overview' | 'performance' | 'cashflows' | 'trades' | 'rebalance' | 'audit' | 'system' | 'settings' | 'imports' | 'report';
  path: string;
  /** Second key after `g`; a page below another has none. */
  key: string;
  icon: IconName;
  group: 'portfolio' | 'house' | 'below';
  /** The page of the sidebar that it belongs to, where it has no line of its own. */
  parent?: Page['name'];
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
  { name: 'imports', path: '/imports', key: '', icon: 'download', group: 'below', parent: 'cashflows' },
  { name: 'report', path: '/report', key: '', icon: 'audit', group: 'below', parent: 'performance' },
];

export type PageName = Page['name'];

/** How a link to `page` stands to the page shown: its own, or the one that it is below. */
export function currentOf(page: PageName, shown: unknown): 'page' | 'true' | undefined {
  if (page === shown) return 'page';
  return PAGES.find(({ name }) => name === shown)?.parent === page ? 'true' : undefined;
}
