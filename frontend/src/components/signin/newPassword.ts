import { computed, type ComputedRef, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';

const SHORTEST = 12;
const FEWEST_DIFFERENT = 5;

export interface NewPassword {
  wanted: Ref<string>;
  again: Ref<string>;
  /** What the server would refuse; null while nothing is typed. */
  tooEasy: ComputedRef<string | null>;
  different: ComputedRef<string | null>;
  fits: ComputedRef<boolean>;
}

/** A new password, typed twice. */
export function useNewPassword(): NewPassword {
  const { t } = useI18n();
  const [wanted, again] = [ref(''), ref('')];
  const tooEasy = computed(() => {
    if (wanted.value === '') return null;
    if (wanted.value.length < SHORTEST) return t('signin.short', { n: SHORTEST });
    return new Set(wanted.value).size < FEWEST_DIFFERENT ? t('signin.alike', { n: FEWEST_DIFFERENT }) : null;
  });
  const different = computed(() => (again.value === '' || wanted.value.startsWith(again.value) ? null : t('signin.different')));
  const fits = computed(() => wanted.value !== '' && tooEasy.value === null && wanted.value === again.value);
  return { wanted, again, tooEasy, different, fits };
}
