import type { Composer } from 'vue-i18n';
import { reasonText } from '@/lib/reasons';

/** Why a figure of this page is estimated or missing; reasons that other pages know too have their words there. */
export const whyText = (i18n: Pick<Composer, 't' | 'te'>, reason: string | null): string => reasonText(i18n, reason, 'trades');
