// Runs before the page is drawn: tells the server, by cookie, what only the browser knows.
(() => {
  const keep = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  };
  keep("md-tz", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  keep("md-scheme", dark ? "dark" : "light");
  // Until the viewer has chosen, the document follows the system from its first frame on.
  if (!/(?:^|; )md-theme=(light|dark)/.test(document.cookie)) {
    document.documentElement.dataset.theme = dark ? "dark" : "light";
  }
})();
