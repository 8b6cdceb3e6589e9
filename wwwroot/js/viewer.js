// The viewer's colours and time zone, for MainLayout.
const scheme = matchMedia("(prefers-color-scheme: dark)");
let listener = null;

const keep = (name, value) => {
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
};

export function watch(layout) {
  unwatchScheme();
  listener = change => {
    keep("md-scheme", change.matches ? "dark" : "light");
    layout.invokeMethodAsync("SchemeChanged", change.matches);
  };
  scheme.addEventListener("change", listener);
  return { timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC", prefersDark: scheme.matches };
}

export function unwatchScheme() {
  if (listener) {
    scheme.removeEventListener("change", listener);
    listener = null;
  }
}

export function rememberTheme(choice) {
  keep("md-theme", choice);
}

export function showTheme(dark) {
  document.documentElement.dataset.live = "yes"; // the page answers from now on; browser tests wait for it
  document.documentElement.dataset.theme = dark ? "dark" : "light";
}
