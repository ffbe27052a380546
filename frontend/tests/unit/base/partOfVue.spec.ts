import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { withPartOfVue } from '../../../build/part-of-vue';

describe('what libraries are given of Vue', () => {
  it.each(['vue-i18n/dist/vue-i18n.runtime.mjs', 'reka-ui/dist/shared/useId.js'])('is what %s looks for', (file) => {
    const code = readFileSync(`node_modules/${file}`, 'utf8');
    const name = /import \* as (\w+) from ["']vue["']/.exec(code)?.[1] ?? '';
    const looked = [...code.matchAll(new RegExp(`\\b${name}\\.(\\w+)`, 'g'))].map(([, member]) => member ?? '');
    const given = withPartOfVue(code) ?? '';
    expect(looked.length).toBeGreaterThan(0);
    for (const member of looked) expect(given).toContain(`${member}: vue_${member}`);
    expect(given).not.toContain('import * as');
  });

  it('is nothing where all of it is not asked for', () => {
    expect(withPartOfVue("import { ref } from 'vue';")).toBeNull();
  });
});
