// First of all: the secret of a link leaves the address before anything else looks at it.
import './features/account/kept-secret.ts';
import './ui/tokens.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { readAhead } from './features/network/read-ahead.ts';
import { warmUp } from './messages/intl.ts';
import { LANGUAGE } from './messages/language.ts';
import { followColorScheme } from './ui/color-scheme.ts';

const root = document.querySelector('#root');
if (root === null) throw new Error('index.html has no #root');
document.documentElement.lang = LANGUAGE;
followColorScheme();
readAhead(location);
warmUp();
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
