// Before the first paint, so that the chosen colours never flash.
try {
  const theme = localStorage.getItem("teleprompter.dashboard.theme");
  if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
} catch {
  // The system's colours then.
}
