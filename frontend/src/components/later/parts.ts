// What is seen at once on every page, and on Overview, but comes behind total and chart: one file.
export { default as AppSidebar } from '@/components/frame/AppSidebar.vue';
export { default as AppTopBar } from '@/components/frame/AppTopBar.vue';
export { default as BottomTabs } from '@/components/frame/BottomTabs.vue';
export { default as StatusLine } from '@/components/frame/StatusLine.vue';
export { default as SyncedLine } from '@/components/frame/SyncedLine.vue';
export { default as ToastHost } from '@/components/frame/ToastHost.vue';
export { default as AccountsPanel } from '@/components/overview/AccountsPanel.vue';
export { default as AgainstBenchmark } from '@/components/overview/AgainstBenchmark.vue';
export { default as StatusPanel } from '@/components/overview/StatusPanel.vue';
export { default as ToLookAt } from '@/components/overview/ToLookAt.vue';
export { default as TWRMetrics } from '@/components/overview/TWRMetrics.vue';
