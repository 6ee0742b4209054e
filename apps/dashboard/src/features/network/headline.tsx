import classes from './network-page.module.css';

/** The one sentence. Whether it is true right now stands in the bar, as on every page. */
export function Headline({ truth }: { truth: string }) {
  return (
    <div role="status">
      <h1 className={classes.truth}>{truth}</h1>
    </div>
  );
}
