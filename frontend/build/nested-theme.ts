// The design's file gives the dark theme to the whole page alone. A sample of it on a page in the light one needs it by name,
// as the light one has it; the file itself stays the design's, byte for byte.
import type { Plugin } from 'vite';

const TOKENS = /\/src\/styles\/tokens\.css$/;
const WHOLE_PAGE = /^:root \{/m;

/** The tokens with the dark theme under its name too; null where they are written otherwise. */
export function withNamedTheme(css: string): string | null {
  return WHOLE_PAGE.test(css) ? css.replace(WHOLE_PAGE, ':root, [data-theme="phosphor"] {') : null;
}

export function nestedTheme(): Plugin {
  return {
    name: 'nested-theme',
    enforce: 'pre',
    transform(code, id) {
      if (!TOKENS.test(id)) return null;
      return { code: withNamedTheme(code) ?? this.error(`${id} begins its themes otherwise: see build/nested-theme.ts`), map: null };
    },
  };
}
