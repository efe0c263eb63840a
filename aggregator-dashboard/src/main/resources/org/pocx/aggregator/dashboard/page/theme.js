import { byId, choice, press, recall, remember } from "./dom.js";

const KEY = "pocx-theme";

function apply(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
}

/** Light, dark, or as the system says; remembered. `changed` hears of each change of colours. */
export function watchTheme(changed) {
  const group = byId("theme");
  const kept = recall(KEY);
  const button = group.querySelector(`[data-theme="${kept === "dark" || kept === "light" ? kept : "auto"}"]`);
  press(group, button);
  apply(button.dataset.theme);
  choice(group, "theme", (theme) => {
    apply(theme);
    remember(KEY, theme);
    changed();
  });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", changed);
}
