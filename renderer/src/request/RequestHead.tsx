import classes from './RequestRow.module.css';

/** The names of the columns of a table of requests. */
export function RequestHead() {
  return (
    <thead>
      <tr>
        <th scope="col" className={classes.state}>
          State
        </th>
        <th scope="col" className={classes.caller}>
          Tool or key
        </th>
        <th scope="col">Model</th>
        <th scope="col" className={classes.figure}>
          Tokens
        </th>
        <th scope="col" className={classes.figure}>
          Cost
        </th>
        <th scope="col" className={classes.figure}>
          Time
        </th>
      </tr>
    </thead>
  );
}
