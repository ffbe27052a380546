// Runs before the first paint, so that neither the theme nor hidden amounts flash.
// The key and the defaults are those of src/stores/preferences.ts.
(function () {
  var root = document.documentElement;
  var saved = {};
  try {
    saved = JSON.parse(localStorage.getItem('preferences')) || {};
  } catch (_) {
    saved = {}; // storage is blocked or holds something else: the defaults stand
  }
  var light = saved.theme === 'paper' || (saved.theme === 'system' && matchMedia('(prefers-color-scheme: light)').matches);
  root.dataset.theme = light ? 'paper' : 'phosphor';
  if (saved.pnl) root.dataset.pnl = saved.pnl;
  if (saved.hidden) root.dataset.private = '1';
  root.lang = saved.language || ((navigator.language || 'en').slice(0, 2) === 'fr' ? 'fr' : 'en');
  var meta = document.querySelector('meta[name="theme-color"]');
  if (meta && light) meta.setAttribute('content', '#f7f5ee');
})();
