/** Paper is white, whatever the screen: while it is printed the page is in its light colours, all of them. */
const scheme = 'data-mantine-color-scheme';
let onScreen: string | null = null;
addEventListener('beforeprint', () => {
  onScreen = document.documentElement.getAttribute(scheme);
  document.documentElement.setAttribute(scheme, 'light');
});
addEventListener('afterprint', () => {
  if (onScreen) document.documentElement.setAttribute(scheme, onScreen);
});
