import { createTheme, MantineProvider } from '@mantine/core';
import { QueryCache, QueryClient, QueryClientProvider, usePrefetchQuery } from '@tanstack/react-query';
import { Suspense } from 'react';
import { isNotSignedIn, isWorthRetrying } from './api/api-error.ts';
import { sessionQuery } from './api/queries.ts';
import { Page, type PageProps } from './pages/page.tsx';
import type { PageName } from './pages/page-of.ts';
import { CrashGuard } from './ui/crash-guard.tsx';
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
  queryCache: new QueryCache({
    // The session may be over; whoever asks for it knows what to do then.
    onError: error => {
      if (isNotSignedIn(error)) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey });
    },
  }),
  defaultOptions: {
    queries: {
      // The server is often this very machine: "offline" says nothing about whether it answers.
      networkMode: 'always',
      retry: (failures, error) => failures < 1 && isWorthRetrying(error),
      retryDelay: 1_000,
    },
    mutations: { networkMode: 'always' },
  },
});

interface AppProps extends PageProps {
  /** What the content security policy of this response lets styles through by. */
  readonly nonce: string;
  readonly page: PageName;
}

export function App({ nonce, page, secret }: AppProps) {
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <CrashGuard>
          <LoadedPage name={page} secret={secret} />
        </CrashGuard>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** The page and who looks at it are asked for at once: every page depends on both. */
function LoadedPage(props: PageProps & { name: PageName }) {
  usePrefetchQuery(sessionQuery);
  return (
    <Suspense fallback={<TopBar />}>
      <Page {...props} />
    </Suspense>
  );
}
