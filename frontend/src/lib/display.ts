// What the eyes prefer, as one reactive value that formatters and charts read.
// The preferences store writes it; components that know `lib` only can still follow it.
import { reactive, readonly } from 'vue';

export type Language = 'en' | 'fr';

export interface Display {
  language: Language;
  /** BCP 47 tag for numbers and dates, chosen apart from the language. */
  locale: string;
  /** IANA zone in which instants are shown: the one chosen for the installation, else this device's. */
  timeZone: string;
  /** Amounts and quantities are replaced by bullets; percentages stay. */
  hidden: boolean;
  /** Unit of `*_usd` fields, from the server. */
  currency: string;
  /** Changes whenever colours change, so that canvases redraw. */
  theme: string;
}

/** The zone of this device's own clock. */
export const DEVICE_ZONE: string = Intl.DateTimeFormat().resolvedOptions().timeZone;

const state = reactive<Display>({
  language: 'en',
  locale: 'en-GB',
  timeZone: DEVICE_ZONE,
  hidden: false,
  currency: 'USDT',
  theme: 'phosphor',
});

export const display = readonly(state);

export function setDisplay(change: Partial<Display>): void {
  Object.assign(state, change);
}
