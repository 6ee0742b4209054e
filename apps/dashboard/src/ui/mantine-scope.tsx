import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Modal.css';
import '@mantine/core/styles/Paper.css';
import './mantine-tokens.css';
import { createTheme, MantineProvider } from '@mantine/core';
import type { ReactNode } from 'react';

const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font-mono)',
  defaultRadius: 6,
  // Mantine's greys of the dark scheme are neutral; these have the blue of the page.
  colors: {
    dark: [
      '#e4e9ef',
      '#c3ccd6',
      '#97a4b3',
      '#6f8296',
      '#38454f',
      '#29343f',
      '#1b232c',
      '#151b22',
      '#0e1217',
      '#0a0d11',
    ],
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
});

/** What the content security policy of this response lets styles through by. */
const nonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? '';
// Where the scroll lock of dialogs looks for it; without it, their style is blocked and nobody is told.
Object.assign(globalThis, { __webpack_nonce__: nonce });

/**
 * Around what is made with Mantine: the window of a dialog, with all that is in it. It is loaded when it is asked for; what
 * everybody sees first comes without.
 */
export function MantineScope({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      {children}
    </MantineProvider>
  );
}
