import { Outlet } from '@tanstack/react-router';
import { useDeferredValue } from 'react';
import { Footer } from '../../ui/footer.tsx';
import { TopBar } from '../../ui/top-bar.tsx';
import { AccountMenu } from '../account/account-menu.tsx';
import { useStaySignedIn } from '../account/use-session.ts';
import { NetworkSelect } from '../network/network-select.tsx';
import { ConnectionMark } from './connection-mark.tsx';
import { MainNav } from './main-nav.tsx';
import { Overlays } from './overlays.tsx';

/** Around every page of somebody who is signed in: what it is about, the ways to the others, and who looks at it. */
export function Shell() {
  useStaySignedIn();
  // The first page is drawn in pieces, between which a finger is felt: a phone needs a good part of a second for it.
  const isBegun = useDeferredValue(true, false);
  return (
    <>
      <TopBar
        nav={<MainNav />}
        end={
          <>
            <ConnectionMark />
            <Overlays />
            <AccountMenu />
          </>
        }
        hasContent
      >
        <NetworkSelect />
      </TopBar>
      {isBegun && (
        <>
          <Outlet />
          <Footer />
        </>
      )}
    </>
  );
}
