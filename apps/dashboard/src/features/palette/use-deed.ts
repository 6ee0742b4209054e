import { useMutation } from '@tanstack/react-query';
import { signOut } from '../../api/account-client.ts';
import { useColorScheme } from '../../ui/color-scheme.ts';
import { goTo } from '../../ui/use-url-param.ts';
import { sentenceOf } from '../account/failure-text.ts';
import { signInPath } from '../account/next-path.ts';
import type { Deed } from './entries.ts';

interface DeedOptions {
  readonly onClose: () => void;
  readonly onKeys: () => void;
}

/** Does what was chosen. `failure`: what to say when that did not work. */
export function useDeed({ onClose, onKeys }: DeedOptions) {
  const [, chooseScheme] = useColorScheme();
  const leave = useMutation({
    mutationFn: signOut,
    // Replaced: the browser's back must not lead to what only the last one may see.
    onSuccess: () => location.replace(signInPath('/')),
  });
  const act = (deed: Deed): void => {
    switch (deed.kind) {
      case 'go':
        onClose();
        return goTo(deed.href);
      case 'leave':
        return location.assign(deed.href);
      case 'theme':
        return chooseScheme(deed.scheme);
      case 'keys':
        return onKeys();
      case 'sign-out':
        return leave.mutate();
    }
  };
  return { act, failure: leave.error === null ? null : sentenceOf(leave.error) };
}
