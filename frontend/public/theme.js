// Runs before the first paint, so that neither the theme nor hidden amounts flash, asks for the reader's language, whose
// file the build names on the tag (build/first-load.ts), and lets the browser read its tables of dates and numbers while it
// waits for the page's own files: the first date that is formatted takes as long as building the first screen. The key and
// the defaults are those of src/stores/preferences.ts.
(function () {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('preferences')) || {};
    // Where the router finds nothing of its own it throws and catches, for which the browser parses its whole file again.
    if (!sessionStorage.getItem('vue-router:scroll')) sessionStorage.setItem('vue-router:scroll', '{}');
  } catch (_) {
    // storage is blocked or holds something else: the defaults stand
  }
  var light = saved.theme === 'paper' || (saved.theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset.theme = light ? 'paper' : 'phosphor';
  if (saved.pnl) root.dataset.pnl = saved.pnl;
  if (saved.hidden) root.dataset.private = '1';
  root.lang = saved.language || ((navigator.language || 'en').slice(0, 2) === 'fr' ? 'fr' : 'en');
  var meta = document.querySelector('meta[name="theme-color"]');
  if (meta && light) meta.setAttribute('content', '#f7f5ee');
  setTimeout(function () {
    var locale = root.lang === 'fr' ? 'fr-FR' : 'en-GB';
    new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'short', year: '2-digit' }).format();
    new Intl.NumberFormat(locale, { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' }).formatToParts(1);
  });
  var words = document.currentScript.dataset[root.lang];
  if (!words) return; // the development server names no files
  var link = document.createElement('link');
  link.rel = 'modulepreload';
  link.href = words;
  document.head.append(link);
})();
