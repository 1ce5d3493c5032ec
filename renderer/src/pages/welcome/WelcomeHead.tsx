import { Button } from '@mantine/core';
import { useLocation } from 'wouter';
import { Mark } from '../../components/Mark.tsx';
import { ThemeButton } from '../../shell/ThemeButton.tsx';
import { useSaveSetup } from './use-setup.ts';
import classes from './WelcomePage.module.css';

/** Two ways out: to come back to it, or not to be asked again. */
export function WelcomeHead() {
  const [, go] = useLocation();
  const { mutate: save } = useSaveSetup();
  return (
    <div className={classes.head}>
      <div className={classes.brand}>
        <Mark size={28} />
        Gatehouse
      </div>
      <ThemeButton />
      <Button variant="default" size="xs" onClick={() => go('/')}>
        Continue later
      </Button>
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          save({ state: 'dismissed' });
          go('/');
        }}
      >
        Skip setup
      </Button>
    </div>
  );
}
