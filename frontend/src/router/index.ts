import { createRouter, createWebHistory, type RouteComponent, type Router, type RouteRecordRaw } from 'vue-router';
import { PAGES, type PageName } from '@/lib/pages';
import { withMessages } from '@/locales';
import UnifiedDashboard from '@/views/UnifiedDashboard.vue';

const VIEWS: Readonly<Record<PageName, RouteComponent | (() => Promise<unknown>)>> = {
  overview: UnifiedDashboard, // the page that is opened most: with the frame, in one file
  cashflows: () => withMessages('cashflows', import('@/views/CashFlowsView.vue')),
  settings: () => withMessages('settings', withMessages('signin', withMessages('alerts', import('@/views/SettingsView.vue')))),
  system: () => withMessages('system', import('@/views/SystemView.vue')),
  performance: () => withMessages('performance', import('@/views/PerformanceView.vue')),
  trades: () => withMessages('trades', import('@/views/TradesView.vue')),
  rebalance: () => withMessages('rebalance', import('@/views/RebalanceView.vue')),
  audit: () => withMessages('audit', import('@/views/AuditView.vue')),
  report: () => withMessages('report', withMessages('performance', withMessages('cashflows', withMessages('trades', import('@/views/ReportPage.vue'))))),
  imports: () => withMessages('imports', withMessages('importing', withMessages('cashflows', withMessages('trades', import('@/views/ImportsView.vue'))))),
};

export const routes: RouteRecordRaw[] = [
  ...PAGES.map((page) => ({ path: page.path, name: page.name, component: VIEWS[page.name] })),
  { path: '/:rest(.*)*', name: 'missing', component: () => import('@/views/MissingView.vue') },
];

export const makeRouter = (): Router => createRouter({
  history: createWebHistory(),
  routes,
  // A changed query (range, filter, sort) is the same page: it keeps its place.
  scrollBehavior(to, from, saved) {
    if (to.hash && document.querySelector(to.hash)) return { el: to.hash, top: 80 }; // below the top bar
    return saved ?? (to.path === from.path ? false : { top: 0 });
  },
});
