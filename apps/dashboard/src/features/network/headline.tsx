import classes from './network-page.module.css';

/** The one sentence, broken between its parts first. Whether it is true right now stands in the bar, as on every page. */
export function Headline({ truth }: { truth: string }) {
  const [first, second] = truth.split(' · ');
  return (
    <div role="status">
      <h1 className={classes.truth}>
        {second === undefined ? (
          first
        ) : (
          <>
            <span>{first} ·</span> <span>{second}</span>
          </>
        )}
      </h1>
    </div>
  );
}
