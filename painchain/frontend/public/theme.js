// Runs before the first paint, so that a chosen theme never flashes. Without a choice the system decides, in CSS.
try {
  const theme = localStorage.getItem('painchain.theme');
  if (theme === 'dark' || theme === 'light') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be forbidden; the system's theme is a fine answer.
}
