// What every page can do: be light or dark, and copy a command.

const root = document.documentElement;
// Called when the colours have changed.
const themeListeners = [];

const isDark = () => root.dataset.theme
  ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
const recolour = () => { for (const listener of themeListeners) listener(); };
const setTheme = theme => {
  if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
  recolour();
};
const toggleTheme = () => {
  setTheme(isDark() ? "light" : "dark");
  try { localStorage.setItem("harness-theme", root.dataset.theme); } catch { /* not kept then */ }
};
const readTheme = () => {
  const words = location.hash.slice(1).split("&");
  const theme = words.findLast(word => word === "dark" || word === "light");
  if (theme) setTheme(theme);
};

const copy = async button => {
  const text = button.dataset.copy;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Files opened from disk may not use the clipboard in every browser.
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
  }
  button.textContent = "Copied";
  setTimeout(() => { button.textContent = "Copy"; }, 1500);
};

try { setTheme(localStorage.getItem("harness-theme")); } catch { /* none kept */ }
readTheme();
window.addEventListener("hashchange", readTheme);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", recolour);
document.getElementById("theme").addEventListener("click", toggleTheme);
for (const button of document.querySelectorAll("[data-copy]")) {
  button.addEventListener("click", () => copy(button));
}
