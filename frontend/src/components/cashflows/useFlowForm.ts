import { computed, reactive, ref, watch, type ComputedRef, type Ref } from 'vue';
import { newIdempotencyKey } from '@/api/client';
import { ApiError, ConnectionError } from '@/api/problem';
import type { CashFlow } from '@/composables/types';
import type { CashFlowWrites } from '@/composables/useCashFlows';
import { display } from '@/lib/display';
import { clearly, readAmount, type Reading } from './amount';
import { draftOf, emptyForm, formOf, instantOf, validate, type FieldErrors, type FlowForm } from './form';

export type FieldName = 'amount' | 'date' | 'time' | 'note';

export interface FlowFormState {
  form: FlowForm;
  /** Errors of the fields that were left or sent; a field being typed in is not scolded. */
  errors: ComputedRef<FieldErrors>;
  serverErrors: Readonly<Ref<Partial<Record<FieldName, string>>>>;
  /** What no field is to blame for. */
  failure: Readonly<Ref<string | null>>;
  reading: ComputedRef<Reading>;
  at: ComputedRef<Date | null>;
  sending: Readonly<Ref<boolean>>;
  touch: (field: FieldName) => void;
  choose: (value: string) => void;
  reset: (editing: CashFlow | null) => void;
  /** Send; answers the saved flow, or null when something was refused. */
  submit: (editing: CashFlow | null) => Promise<CashFlow | null>;
}

const FIELD_OF: Readonly<Record<string, FieldName>> = { amount_usd: 'amount', timestamp: 'date', description: 'note' };

/** The state of the form. `now` is the exchange's time: a flow cannot lie in its future. */
export function useFlowForm(writes: CashFlowWrites, now: () => number, account: () => number | null, away: () => string): FlowFormState {
  const form = reactive<FlowForm>(emptyForm(new Date(now()), display.timeZone, account()));
  const touched = reactive(new Set<FieldName>());
  const serverErrors = ref<Partial<Record<FieldName, string>>>({});
  const failure = ref<string | null>(null);
  const sending = ref(false);
  // One key per content: sending the same form again after a lost answer cannot record it twice.
  let key = newIdempotencyKey();
  watch(form, () => {
    key = newIdempotencyKey();
    serverErrors.value = {};
  });

  const all = computed(() => validate(form, new Date(now()), display.timeZone));
  const errors = computed(() => Object.fromEntries(Object.entries(all.value).filter(([field]) => touched.has(field as FieldName))) as FieldErrors); // validate() names these fields only

  function reset(editing: CashFlow | null): void {
    Object.assign(form, editing ? formOf(editing, display.timeZone) : emptyForm(new Date(now()), display.timeZone, account()));
    touched.clear();
    serverErrors.value = {};
    failure.value = null;
  }

  function refuse(error: unknown): void {
    if (error instanceof ApiError) {
      for (const { field, message } of error.errors) {
        const name = FIELD_OF[field];
        if (name) serverErrors.value = { ...serverErrors.value, [name]: message };
      }
      if (Object.keys(serverErrors.value).length === 0) failure.value = error.message;
    } else {
      failure.value = error instanceof ConnectionError ? away() : String(error);
    }
  }

  async function submit(editing: CashFlow | null): Promise<CashFlow | null> {
    const noteOnly = editing?.source === 'exchange';
    for (const field of ['amount', 'date', 'time', 'note'] as const) touched.add(field);
    failure.value = null;
    if (sending.value || (noteOnly ? all.value.note : Object.keys(all.value).length > 0)) return null;
    sending.value = true;
    try {
      return (await send(editing, noteOnly)).item;
    } catch (error) {
      refuse(error);
      return null;
    } finally {
      sending.value = false;
    }
  }

  function send(editing: CashFlow | null, noteOnly: boolean): ReturnType<CashFlowWrites['add']> {
    if (!editing) return writes.add(draftOf(form, display.timeZone), key);
    if (noteOnly) return writes.change(editing.id, { description: form.note.trim() });
    const { timestamp, type, amount_usd, description } = draftOf(form, display.timeZone);
    return writes.change(editing.id, { timestamp, type, amount_usd, description });
  }

  return {
    form, errors, serverErrors, failure, sending, reset, submit,
    reading: computed(() => readAmount(form.amount)),
    at: computed(() => instantOf(form, display.timeZone)),
    touch: (field) => void touched.add(field),
    choose: (value) => void (form.amount = clearly(value)),
  };
}
