// Two libraries look by name into all of Vue, which keeps all of Vue in the first file: hydration, transitions, suspense and
// whatever else no page uses. They are given the part that they look for.
import type { Plugin } from 'vite';

const LOOKS: readonly RegExp[] = [/\/vue-i18n\/dist\/vue-i18n\.runtime\.mjs$/, /\/reka-ui\/dist\/shared\/useId\.js$/];
const WHOLE = /import \* as (\w+) from ["']vue["'];/;
const PART = ['getCurrentInstance', 'useId'] as const;

/** The code of a library with an object of these names in place of the whole; null where it takes no whole. */
export function withPartOfVue(code: string): string | null {
  if (!WHOLE.test(code)) return null;
  const taken = PART.map((name) => `${name} as vue_${name}`).join(', ');
  const part = PART.map((name) => `${name}: vue_${name}`).join(', ');
  return code.replace(WHOLE, `import { ${taken} } from 'vue';\nconst $1 = { ${part} };`);
}

export function partOfVue(): Plugin {
  return {
    name: 'part-of-vue',
    apply: 'build',
    transform(code, id) {
      if (!LOOKS.some((one) => one.test(id))) return null;
      return { code: withPartOfVue(code) ?? this.error(`${id} takes all of Vue no more: build/part-of-vue.ts can let go of it`), map: null };
    },
  };
}
