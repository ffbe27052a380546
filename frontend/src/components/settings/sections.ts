// The sections of Settings, in their order; each id is an anchor of the page.
export const SECTIONS = ['accounts', 'market', 'alerts', 'security', 'appearance', 'language', 'data'] as const;
export type Section = (typeof SECTIONS)[number];
