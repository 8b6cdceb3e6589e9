// Runs before the page is drawn: tells the server, by cookie, what only the browser knows.
(() => {
  const keep = (name, value) => {
    document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`;
  };
  keep("md-tz", Intl.DateTimeFormat().resolvedOptions().timeZone || "UTC");
  const scheme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  keep("md-scheme", scheme);
  // Until the viewer has chosen, the page follows the system from its first frame on: one that came in the other colours
  // (a first visit, a system that has turned dark since) is asked for again, unless cookies are off and it would come the same.
  const root = document.documentElement;
  if (!/(?:^|; )md-theme=(light|dark)/.test(document.cookie) && root.dataset.theme !== scheme) {
    root.dataset.theme = scheme;
    if (document.cookie.includes(`md-scheme=${scheme}`)) {
      root.style.visibility = "hidden";
      location.reload();
    }
  }
})();
