// What of rebalancing stands on every page, in one file.
export { default as OutsideBadge } from './OutsideBadge.vue';
export { default as RunBar } from './RunBar.vue';
