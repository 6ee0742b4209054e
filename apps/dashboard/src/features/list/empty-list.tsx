import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { fill, messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { useMay, useSession } from '../account/use-session.ts';
import classes from './empty-list.module.css';

const texts = messages.home.empty;
const EDITOR = '/settings/machines';

interface EmptyListProps {
  readonly title: string;
  /** What is missing, for whoever cannot change it. */
  readonly text: string;
  /** The network whose machines are edited to get there. */
  readonly editorOf?: string;
  /** How the first one gets there, for whoever may put it there. */
  readonly children: ReactNode;
}

/** In place of an empty list: how to get a first line into it, or whom to ask for it. */
export function EmptyList({ title, text, editorOf, children }: EmptyListProps) {
  const may = useMay('networks:write');
  return (
    <Notice title={title} action={may && editorOf !== undefined && <EditorLink network={editorOf} />}>
      {may ? (
        children
      ) : (
        <>
          <p>{text}</p>
          <Contacts />
        </>
      )}
    </Notice>
  );
}

function EditorLink({ network }: { network: string }) {
  const { routesByPath } = useRouter();
  if (!(EDITOR in routesByPath)) return null;
  return (
    <ButtonLink variant="primary" href={`${EDITOR}?${new URLSearchParams({ network }).toString()}`}>
      {texts.edit}
    </ButtonLink>
  );
}

function Contacts() {
  const contacts = useSession()?.contacts ?? [];
  if (contacts.length === 0) return <p>{texts.askNobody}</p>;
  return (
    <p>
      {texts.ask}{' '}
      {contacts.map(contact => (
        <a key={contact} className={classes.contact} href={fill('mailto:{contact}', { contact })}>
          {contact}
        </a>
      ))}
    </p>
  );
}
