import js from '@eslint/js';
import vue from 'eslint-plugin-vue';
import globals from 'globals';
import ts from 'typescript-eslint';

// Imports point one way: views -> components -> composables -> (stores, api) -> lib.
// `base` and `charts` draw and know `lib` only.
const layer = (names) => ({
  regex: `^(?:@|\\.{1,2}(?:/\\.\\.)*)/(?:${names.join('|')})(?:/|$)`,
  message: `This layer may not import from ${names.join(', ')} (ARCHITECTURE: views -> components -> composables -> stores, api -> lib).`,
});
const forbid = (files, names, ignores = []) => ({
  files: files.flatMap((path) => [`src/${path}/**/*.ts`, `src/${path}/**/*.vue`]),
  ignores,
  rules: { 'no-restricted-imports': ['error', { patterns: [layer(names)] }] },
});

export default ts.config(
  { ignores: ['dist', 'node_modules', 'test-results', 'playwright-report', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...ts.configs.strict,
  ...ts.configs.stylistic,
  ...vue.configs['flat/recommended'],
  {
    files: ['**/*.vue'],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    files: ['**/*.{ts,vue}'],
    languageOptions: { globals: globals.browser },
    rules: {
      'no-undef': 'off', // the type checker does this, and knows types
      eqeqeq: 'error',
      'no-console': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off', // a type alias is right for unions and mapped types
    },
  },
  {
    files: ['**/*.vue'],
    rules: {
      'max-lines': ['error', { max: 200 }],
      'vue/multi-word-component-names': 'off', // the design names its components: Panel, Delta, Amount
      'vue/no-reserved-component-names': 'off', // same reason: Dialog, Switch; never used in lower case
      'vue/require-default-prop': 'off', // an absent optional prop is `undefined`, as its type says
      'vue/block-order': ['error', { order: ['script', 'template', 'style'] }],
      'vue/no-v-html': 'error',
      'vue/no-static-inline-styles': 'error', // a style attribute in the page's HTML is refused by the strict CSP
      'vue/max-attributes-per-line': 'off', // layout is not linted
      'vue/singleline-html-element-content-newline': 'off',
      'vue/multiline-html-element-content-newline': 'off',
      'vue/html-self-closing': 'off',
      'vue/html-indent': 'off',
      'vue/html-closing-bracket-newline': 'off',
      'vue/first-attribute-linebreak': 'off',
      'vue/attributes-order': 'off',
    },
  },
  { files: ['src/**/*.ts'], rules: { 'max-lines': ['error', { max: 400 }] } },
  forbid(['lib'], ['views', 'components', 'composables', 'stores', 'api', 'router']),
  forbid(['api', 'stores'], ['views', 'components', 'composables', 'router']),
  forbid(['stores'], ['views', 'components', 'composables', 'router', 'api'], []),
  forbid(['composables'], ['views', 'components']),
  forbid(['components'], ['views'], ['src/components/base/**', 'src/components/charts/**']),
  forbid(['components/base', 'components/charts'], ['views', 'composables', 'stores', 'api', 'router']),
  {
    files: ['public/**/*.js'],
    languageOptions: { sourceType: 'script', globals: globals.browser },
    rules: { '@typescript-eslint/no-unused-vars': ['error', { caughtErrors: 'none' }] },
  },
  { files: ['*.config.*', 'build/**', 'scripts/**', 'tests/e2e/**'], languageOptions: { globals: globals.node } },
  { files: ['scripts/**'], rules: { 'no-console': 'off' } },
  { files: ['tests/**'], rules: { 'vue/one-component-per-file': 'off' } },
);
