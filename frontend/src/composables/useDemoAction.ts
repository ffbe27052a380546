// The demo panel's form: what is asked, whether it can be, and the call.
import { computed, type ComputedRef, reactive, ref, type Ref } from 'vue';
import { useI18n } from 'vue-i18n';
import { create, newIdempotencyKey } from '@/api/client';
import { toFailure } from '@/api/problem';
import { typedDecimal } from '@/lib/typed';
import { useToastStore } from '@/stores/toasts';

export interface DemoForm {
  action: 'deposit' | 'withdraw' | 'price_shock';
  asset: string;
  amount: string;
  percent: string;
}

export type DemoErrors = Partial<Record<'asset' | 'amount' | 'percent', string>>;

/** Plain decimal text; '' for what is no number. */
const number = (text: string): string => typedDecimal(text)?.toFixed() ?? '';

/** Message keys of what is wrong, none when it can be sent. */
export function demoErrors(form: DemoForm): DemoErrors {
  const errors: DemoErrors = {};
  if (!/^[A-Z0-9]{1,20}$/.test(form.asset.trim().toUpperCase())) errors.asset = 'demo.badAsset';
  if (form.action === 'price_shock') {
    const percent = typedDecimal(form.percent);
    if (!percent || percent.isZero() || percent.lt(-95) || percent.gt(500)) errors.percent = 'demo.badPercent';
  } else if (!/^\d{1,12}(\.\d{1,8})?$/.test(number(form.amount)) || typedDecimal(form.amount)?.isZero()) errors.amount = 'demo.badAmount';
  return errors;
}

/** The request's body; amounts stay decimal text. */
export function demoBody(form: DemoForm): Record<string, unknown> {
  const { action } = form;
  const asset = form.asset.trim().toUpperCase();
  return action === 'price_shock' ? { action, asset, percent: Number(number(form.percent)) } : { action, asset, amount: number(form.amount) };
}

export interface DemoAction {
  form: DemoForm;
  errors: ComputedRef<DemoErrors>;
  pending: Ref<boolean>;
  failure: Ref<string | null>;
  submit: () => Promise<boolean>;
}

export function useDemoAction(): DemoAction {
  const { t } = useI18n();
  const toasts = useToastStore();
  const form = reactive<DemoForm>({ action: 'deposit', asset: 'USDT', amount: '1000', percent: '-10' });
  const errors = computed(() => demoErrors(form));
  const pending = ref(false);
  const failure = ref<string | null>(null);

  async function submit(): Promise<boolean> {
    if (pending.value || Object.keys(errors.value).length) return false;
    pending.value = true;
    failure.value = null;
    try {
      await create('/api/demo/actions', demoBody(form), { idempotencyKey: newIdempotencyKey() });
      toasts.push(t('demo.accepted'));
      return true;
    } catch (error) {
      failure.value = toFailure(error).message;
      return false;
    } finally {
      pending.value = false;
    }
  }
  return { form, errors, pending, failure, submit };
}
