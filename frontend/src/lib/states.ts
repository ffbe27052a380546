// The looks a figure or a panel can have besides "here it is" (DESIGN section 6).

/** Why a figure cannot be shown. Never written as 0. */
export type Missing = 'not-yet' | 'no-price' | 'not-applicable';

export type PanelStatus = 'loading' | 'empty' | 'error' | 'ready';

/** What a failed panel tells: API errors and lost connections both have this shape. */
export interface Failure {
  message: string;
  code?: string;
  status?: number;
  path?: string;
  requestId?: string;
}
