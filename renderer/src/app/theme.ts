/** Mantine, dressed as Gatehouse: compact controls, system fonts, one ink-blue accent, neutral greys. */
import {
  Button,
  Checkbox,
  type CSSVariablesResolver,
  createTheme,
  Drawer,
  Input,
  Modal,
  Notification,
  SegmentedControl,
  Switch,
  Table,
  Tabs,
  Tooltip,
} from '@mantine/core';
import classes from './theme.module.css';

const SANS =
  '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, Inter, Roboto, "Helvetica Neue", Arial, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

export const theme = createTheme({
  primaryColor: 'gate',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    dark: [
      '#e6e9ef',
      '#c3cad6',
      '#a0a9b8',
      '#78839a',
      '#3b4352',
      '#2a303c',
      '#20252f',
      '#191d25',
      '#14171e',
      '#0f1218',
    ],
    gate: [
      '#eef2ff',
      '#dfe6fd',
      '#bccaf8',
      '#96acf3',
      '#7d97f0',
      '#5f7fe9',
      '#4466df',
      '#3556c9',
      '#2b48b0',
      '#203a96',
    ],
  },
  fontFamily: SANS,
  fontFamilyMonospace: MONO,
  headings: { fontFamily: SANS, fontWeight: '600' },
  defaultRadius: 'md',
  radius: { xs: '3px', sm: '5px', md: '7px', lg: '10px', xl: '14px' },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      classNames: { root: classes.button, label: classes.buttonLabel },
    }),
    Input: Input.extend({ classNames: { wrapper: classes.input, input: classes.field } }),
    InputWrapper: Input.Wrapper.extend({ classNames: { label: classes.label, description: classes.description } }),
    Table: Table.extend({ defaultProps: { borderColor: 'var(--gh-border)' }, classNames: { th: classes.th } }),
    Tabs: Tabs.extend({ classNames: { list: classes.tabs, tab: classes.tab } }),
    Checkbox: Checkbox.extend({ classNames: { input: classes.check } }),
    Switch: Switch.extend({
      defaultProps: { withThumbIndicator: false },
      classNames: { track: classes.track, label: classes.switchLabel, description: classes.description },
    }),
    SegmentedControl: SegmentedControl.extend({ classNames: { root: classes.segments, label: classes.segment } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', closeButtonProps: { 'aria-label': 'Close' } },
      classNames: { title: classes.dialogTitle, content: classes.dialog },
    }),
    Drawer: Drawer.extend({
      defaultProps: { position: 'right', closeButtonProps: { 'aria-label': 'Close' } },
      classNames: { title: classes.dialogTitle },
    }),
    Notification: Notification.extend({
      defaultProps: { closeButtonProps: { 'aria-label': 'Close' } },
      classNames: { description: classes.notificationText },
    }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } }),
  },
});

/** Our own colour tokens (tokens.css) in the places where Mantine's components look for theirs. */
const COLOURS = {
  '--mantine-color-body': 'var(--gh-surface)',
  '--mantine-color-text': 'var(--gh-text)',
  '--mantine-color-dimmed': 'var(--gh-muted)',
  '--mantine-color-default': 'var(--gh-surface)',
  '--mantine-color-default-hover': 'var(--gh-hover)',
  '--mantine-color-default-color': 'var(--gh-text)',
  '--mantine-color-default-border': 'var(--gh-control-border)',
  '--mantine-color-placeholder': 'var(--gh-placeholder)',
  '--mantine-color-error': 'var(--gh-bad)',
  '--mantine-color-anchor': 'var(--gh-link)',
  '--mantine-color-disabled': 'var(--gh-sunken)',
  '--mantine-color-disabled-color': 'var(--gh-muted)',
  '--mantine-color-disabled-border': 'var(--gh-border-strong)',
};

/** Per scheme, because that is where Mantine sets its own and would win otherwise. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: COLOURS, dark: COLOURS });
