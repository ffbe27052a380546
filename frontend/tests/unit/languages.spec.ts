import { expect, it } from 'vitest';
import { i18n, useLanguage, withMessages } from '@/locales';

it('brings a feature in the language that is still on its way', async () => {
  const speaking = useLanguage('fr');
  await Promise.all([withMessages('report', Promise.resolve()), speaking]);
  expect(i18n.global.locale.value).toBe('fr');
  expect(i18n.global.te('report.heading', 'fr' as never)).toBe(true); // the instance's type knows no locale
  expect(i18n.global.te('common.appName', 'fr' as never)).toBe(true);
});
