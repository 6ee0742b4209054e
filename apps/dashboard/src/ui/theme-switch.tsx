import { messages } from '../messages/text.ts';
import { COLOR_SCHEMES, type ColorScheme, useColorScheme } from './color-scheme.ts';
import { Icon } from './icon.tsx';
import { Segmented } from './segmented.tsx';

const LABELS: Readonly<Record<ColorScheme, string>> = {
  auto: messages.theme.system,
  light: messages.theme.light,
  dark: messages.theme.dark,
};
const ICONS = { auto: 'screen', light: 'sun', dark: 'moon' } as const;

/** System, light or dark; kept in this browser. */
export function ThemeSwitch() {
  const [scheme, choose] = useColorScheme();
  return (
    <Segmented
      label={messages.theme.label}
      value={scheme}
      onChange={choose}
      segments={COLOR_SCHEMES.map(value => ({ value, hint: LABELS[value], label: <Icon name={ICONS[value]} /> }))}
    />
  );
}
