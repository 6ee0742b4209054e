import { SegmentedControl, useMantineColorScheme } from '@mantine/core';
import { messages } from '../messages/text.ts';
import classes from './theme-switch.module.css';

const CHOICES = [
  { value: 'auto', label: messages.theme.system, icon: <path d="M2.5 3.5h11v7.5h-11zM6 13.5h4M8 11v2.5" /> },
  {
    value: 'light',
    label: messages.theme.light,
    icon: (
      <>
        <circle cx="8" cy="8" r="2.8" />
        <path d="M8 1.5v1.6M8 12.9v1.6M1.5 8h1.6M12.9 8h1.6M3.4 3.4l1.1 1.1M11.5 11.5l1.1 1.1M3.4 12.6l1.1-1.1M11.5 4.5l1.1-1.1" />
      </>
    ),
  },
  { value: 'dark', label: messages.theme.dark, icon: <path d="M13.4 9.6A5.8 5.8 0 0 1 6.4 2.6a5.8 5.8 0 1 0 7 7Z" /> },
] as const;

/** System, light or dark; kept in this browser. */
export function ThemeSwitch() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl
      size="xs"
      aria-label={messages.theme.label}
      value={colorScheme}
      onChange={value => setColorScheme(value as (typeof CHOICES)[number]['value'])}
      transitionDuration={0}
      withItemsBorders={false}
      classNames={{ root: classes.root ?? '', label: classes.label ?? '' }}
      data={CHOICES.map(({ value, label, icon }) => ({
        value,
        label: (
          <span title={label}>
            <svg viewBox="0 0 16 16" width="14" height="14" className={classes.icon} role="img" aria-label={label}>
              {icon}
            </svg>
          </span>
        ),
      }))}
    />
  );
}
