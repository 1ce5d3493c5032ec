import './chart-tokens.css';
import classes from './Sparkbars.module.css';

interface SparkbarsProps {
  readonly values: readonly number[];
  /** The whole of it in words: it takes the place of the picture for whoever does not see it. */
  readonly label: string;
  readonly colour: string;
}

const HEIGHT = 100;
const GAP = 0.24;
/** What is not nothing stays visible beside a much larger neighbour. */
const VISIBLE_MIN = 4;

/** Small bars without axes, one a value; the largest fills the height. */
export function Sparkbars({ values, label, colour }: SparkbarsProps) {
  const most = Math.max(...values, 0);
  return (
    <svg
      className={classes.spark}
      viewBox={`0 0 ${Math.max(1, values.length)} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
    >
      {values.map((value, index) => {
        const height = most <= 0 || value <= 0 ? 0 : Math.max(VISIBLE_MIN, (value / most) * HEIGHT);
        return (
          <rect
            key={`bar ${index.toString()}`}
            x={index + GAP / 2}
            y={HEIGHT - height}
            width={1 - GAP}
            height={height}
            fill={colour}
          />
        );
      })}
    </svg>
  );
}
