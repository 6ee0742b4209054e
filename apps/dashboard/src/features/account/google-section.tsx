import type { AccountView } from '../../api/account-client.ts';
import { fill, messages } from '../../messages/text.ts';
import { ButtonLink } from '../../ui/button.tsx';
import { Panel } from '../../ui/panel.tsx';
import { Tag } from '../../ui/tag.tsx';
import classes from './own-account.module.css';
import { Section } from './section.tsx';

const texts = messages.people.google;
const LINK = `/api/v1/auth/google?${new URLSearchParams({ next: '/account' }).toString()}`;

/** Whether a Google account opens this one. The first sign-in with Google links them; there is no other way. */
export function GoogleSection({ account, isOn }: { account: AccountView; isOn: boolean }) {
  const { email, hasGoogle } = account;
  return (
    <Section title={texts.title} lead={<Tag>{hasGoogle ? texts.linked : texts.notLinked}</Tag>}>
      <Panel>
        <div className={`${classes.card} ${classes.line}`}>
          <p>{sentence()}</p>
          {isOn && !hasGoogle && <ButtonLink href={LINK}>{texts.link}</ButtonLink>}
        </div>
      </Panel>
    </Section>
  );

  function sentence(): string {
    if (hasGoogle) return isOn ? texts.linkedText : texts.linkedOff;
    return isOn ? fill(texts.notLinkedText, { email }) : texts.off;
  }
}
