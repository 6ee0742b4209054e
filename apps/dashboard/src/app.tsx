import { createTheme, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NetworkPage } from './features/network/network-page.tsx';
import { NetworkSelect } from './features/network/network-select.tsx';
import { CrashGuard } from './ui/crash-guard.tsx';
import { Footer } from './ui/footer.tsx';
import { TopBar } from './ui/top-bar.tsx';

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

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // The server is often this very machine: "offline" says nothing about whether it answers.
      networkMode: 'always',
      retry: 1,
      retryDelay: 1_000,
    },
  },
});

/** @param nonce what the content security policy of this response lets styles through by */
export function App({ nonce }: { nonce: string }) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <TopBar>
          <NetworkSelect />
        </TopBar>
        <CrashGuard>
          <NetworkPage />
        </CrashGuard>
        <Footer />
      </QueryClientProvider>
    </MantineProvider>
  );
}
