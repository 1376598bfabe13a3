import {
  createTheme,
  type CSSVariablesResolver,
  defaultVariantColorsResolver,
  type MantineColorsTuple,
} from '@mantine/core';

/** The sea at low tide: the one accent. Shade 7 on white is 7.4:1, shade 3 on the dark ground 8:1. */
const mer: MantineColorsTuple = [
  '#e8f4f5',
  '#d2e9eb',
  '#a5d3d8',
  '#74bac2',
  '#479ea8',
  '#25838f',
  '#146f7b',
  '#0b5c68',
  '#084a54',
  '#063840',
];
/** Wet sand: neutral greys, a little warm in light. */
const gray: MantineColorsTuple = [
  '#faf9f7',
  '#f3f2ee',
  '#e9e7e1',
  '#dbd8d0',
  '#c4c1b8',
  '#a09d95',
  '#6f6e68',
  '#55554f',
  '#3a3b38',
  '#212423',
];
/** The same shore at night: greys, a little blue. Order as Mantine wants it: text first, ground last. */
const dark: MantineColorsTuple = [
  '#dfe6e7',
  '#c3cdcf',
  '#98a5a8',
  '#6d7a7e',
  '#3f4b50',
  '#2f3a3f',
  '#243035',
  '#182226',
  '#10181b',
  '#0b1214',
];

export const theme = createTheme({
  colors: { mer, gray, dark },
  primaryColor: 'mer',
  primaryShade: { light: 7, dark: 3 },
  // The accent is pale at night: what is written on it turns dark.
  variantColorResolver: (input) => {
    const colors = defaultVariantColorsResolver(input);
    if (input.variant !== 'filled') return colors;
    // The library's red is too light for words, by day and at night.
    if (input.color === 'red')
      return {
        ...colors,
        background: 'var(--danger)',
        hover: 'color-mix(in srgb, var(--danger), black 12%)',
        color: 'var(--surface)',
      };
    return (input.color ?? 'mer') === 'mer' ? { ...colors, color: 'var(--on-accent)' } : colors;
  },
  fontFamily: "'Inter Variable', 'Inter Fallback', system-ui, sans-serif",
  fontFamilyMonospace: 'ui-monospace, SFMono-Regular, Menlo, Consolas, monospace',
  fontSizes: { xs: '0.78rem', sm: '0.875rem', md: '0.9375rem', lg: '1.0625rem', xl: '1.25rem' },
  lineHeights: { xs: '1.35', sm: '1.4', md: '1.45', lg: '1.4', xl: '1.3' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '20px' },
  defaultRadius: 'sm',
  headings: {
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.375rem', lineHeight: '1.25' },
      h2: { fontSize: '1.0625rem', lineHeight: '1.3' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.35' },
    },
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false } },
    // The library's focus placeholder is a child that no menu may have: the first item takes the focus.
    Menu: { defaultProps: { shadow: 'md', position: 'bottom-end', withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { 'aria-label': 'Masquer ce message' } } },
    ActionIcon: { defaultProps: { variant: 'subtle', color: 'gray', size: 'lg' } },
    Badge: {
      defaultProps: { radius: 'sm', variant: 'light' },
      styles: { root: { textTransform: 'none', fontWeight: 560, letterSpacing: 0 } },
    },
  },
});

/** Names for what a colour means; every other file uses these, never a shade. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': '#1b2324',
    '--mantine-color-dimmed': '#5c605d',
    '--mantine-color-placeholder': '#6f726e',
    '--mantine-color-error': '#a82a1e',
    '--mantine-color-default-border': '#d3d0c8',
    '--ground': '#f6f5f1',
    '--surface': '#ffffff',
    '--surface-2': '#faf9f7',
    '--line': '#e5e2db',
    '--line-strong': '#8d8b84',
    '--accent': '#0b5c68',
    '--accent-soft': '#e3f1f2',
    '--on-accent': '#ffffff',
    '--danger': '#a82a1e',
    '--danger-soft': '#fbe9e6',
    '--warning': '#7d4e00',
    '--warning-soft': '#fcf0d6',
    '--success': '#23643a',
    '--success-soft': '#e4f2e7',
    '--info': '#28538f',
    '--info-soft': '#e7eef9',
    '--fresh': '#0b5c68',
    '--shadow': '0 1px 2px rgb(40 40 30 / 0.05)',
    '--shadow-high': '0 8px 28px rgb(40 40 30 / 0.14)',
  },
  dark: {
    '--mantine-color-body': '#182226',
    '--mantine-color-text': '#e3e9ea',
    '--mantine-color-dimmed': '#a3b0b3',
    '--mantine-color-placeholder': '#8d9a9e',
    '--mantine-color-error': '#ff9d8f',
    '--mantine-color-default-border': '#3f4b50',
    '--ground': '#10181b',
    '--surface': '#182226',
    '--surface-2': '#1d282d',
    '--line': '#2a363b',
    '--line-strong': '#7d8a8e',
    '--accent': '#74c4cd',
    '--accent-soft': '#17383e',
    '--on-accent': '#06252a',
    '--danger': '#ff9d8f',
    '--danger-soft': '#43201c',
    '--warning': '#f0c674',
    '--warning-soft': '#3a2d10',
    '--success': '#8fd3a4',
    '--success-soft': '#173322',
    '--info': '#9dc0f5',
    '--info-soft': '#1b2c47',
    '--fresh': '#74c4cd',
    '--shadow': 'none',
    '--shadow-high': '0 8px 28px rgb(0 0 0 / 0.5)',
  },
});

/** The nonce of this page's policy. Browsers hide the attribute once parsed: the property keeps it. */
export function styleNonce(): string {
  const meta = document.querySelector<HTMLElement>('meta[property="csp-nonce"]');
  return meta?.nonce || meta?.getAttribute('nonce') || '';
}
