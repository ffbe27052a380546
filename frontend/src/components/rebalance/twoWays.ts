import { useI18n } from 'vue-i18n';
import { readTyped } from '@/lib/typed';
import { useFormat } from '@/lib/useFormat';

/** Of a text that can be two numbers: which two, and how to type either; null for any other text. */
export function useTwoWays(): (text: string) => string | null {
  const { t } = useI18n();
  const f = useFormat();
  return (text) => {
    const { either } = readTyped(text);
    if (!either) return null;
    const [whole, part] = either;
    return t('rebalance.errors.twoWays', { text: text.trim(), whole: whole.toFixed(), part: f.number(part, { digits: part.decimalPlaces() || 1 }) });
  };
}
