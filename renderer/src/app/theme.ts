/** Mantine, dressed as Gatehouse: compact controls, system fonts, one ink-blue accent, neutral greys. */
import { Button, type CSSVariablesResolver, createTheme, Drawer, Modal, Tooltip } from '@mantine/core';

const SANS =
  '"Segoe UI Variable Text", "Segoe UI", -apple-system, BlinkMacSystemFont, Inter, Roboto, "Helvetica Neue", Arial, sans-serif';
const MONO = 'ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "Liberation Mono", monospace';

export const theme = createTheme({
  primaryColor: 'gate',
  primaryShade: { light: 7, dark: 6 },
  colors: {
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
    Button: Button.extend({ defaultProps: { size: 'sm' } }),
    Modal: Modal.extend({
      defaultProps: { centered: true, radius: 'lg', closeButtonProps: { 'aria-label': 'Close' } },
    }),
    Drawer: Drawer.extend({ defaultProps: { position: 'right', closeButtonProps: { 'aria-label': 'Close' } } }),
    Tooltip: Tooltip.extend({ defaultProps: { openDelay: 350, events: { hover: true, focus: true, touch: false } } }),
  },
});

/** Hands our own colour tokens (tokens.css) to Mantine's components, so both are drawn from one palette. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: {
    '--mantine-color-body': 'var(--gh-surface)',
    '--mantine-color-text': 'var(--gh-text)',
    '--mantine-color-dimmed': 'var(--gh-muted)',
    '--mantine-color-default': 'var(--gh-surface)',
    '--mantine-color-default-hover': 'var(--gh-hover)',
    '--mantine-color-default-color': 'var(--gh-text)',
    '--mantine-color-default-border': 'var(--gh-border-strong)',
    '--mantine-color-placeholder': 'var(--gh-placeholder)',
    '--mantine-color-error': 'var(--gh-bad)',
    '--mantine-color-anchor': 'var(--gh-link)',
  },
  light: {},
  dark: {},
});
