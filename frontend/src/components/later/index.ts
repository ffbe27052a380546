// The frame of all pages but for its strips, and the panels beside total and chart: they come right behind the two.
import { defineAsyncComponent } from 'vue';
import type * as parts from './parts';

export const loadLater = (): Promise<typeof parts> => import('./parts');

export const AppSidebar = defineAsyncComponent(async () => (await loadLater()).AppSidebar);
export const AppTopBar = defineAsyncComponent(async () => (await loadLater()).AppTopBar);
export const BottomTabs = defineAsyncComponent(async () => (await loadLater()).BottomTabs);
export const StatusLine = defineAsyncComponent(async () => (await loadLater()).StatusLine);
export const SyncedLine = defineAsyncComponent(async () => (await loadLater()).SyncedLine);
export const ToastHost = defineAsyncComponent(async () => (await loadLater()).ToastHost);
export const AccountsPanel = defineAsyncComponent(async () => (await loadLater()).AccountsPanel);
export const AgainstBenchmark = defineAsyncComponent(async () => (await loadLater()).AgainstBenchmark);
export const StatusPanel = defineAsyncComponent(async () => (await loadLater()).StatusPanel);
export const ToLookAt = defineAsyncComponent(async () => (await loadLater()).ToLookAt);
export const TWRMetrics = defineAsyncComponent(async () => (await loadLater()).TWRMetrics);
