import { onScopeDispose } from 'vue';
import { offerShortcut, type Shortcut } from '@/lib/shortcuts';

/** Answer a key of DESIGN section 7 while this component is there: `useShortcut('n', openForm)`.
 *  `range` gets "1" to "9". Fields, modifiers, dialogs and the setting are taken care of. */
export function useShortcut(name: Shortcut, handler: (key: string) => void): void {
  onScopeDispose(offerShortcut(name, handler));
}
