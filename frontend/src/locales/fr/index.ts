// One file per feature; its name is the first word of every key in it. Those left out come with their feature.
const files = import.meta.glob<Record<string, unknown>>(['./*.json', '!./alerts.json', '!./audit.json', '!./cashflows.json', '!./demo.json', '!./explain.json', '!./holdings.json', '!./importing.json', '!./imports.json', '!./performance.json', '!./rebalance.json', '!./report.json', '!./running.json', '!./settings.json', '!./signin.json', '!./system.json', '!./trades.json', '!./windows.json'], { eager: true, import: 'default' });

export default Object.fromEntries(
  Object.entries(files).map(([path, messages]) => [path.replace(/^\.\/|\.json$/g, ''), messages]),
);
