/** Arc paths of a ring around (c, c), clockwise from the top, with a hairline between neighbours. */
export function ringArcs(percents: readonly number[], c: number, r: number): string[] {
  const hairline = percents.length > 1 ? 0.014 : 0;
  const point = (angle: number): string =>
    `${(c + r * Math.sin(angle)).toFixed(2)} ${(c - r * Math.cos(angle)).toFixed(2)}`;
  let turn = 0;
  return percents.map((percent) => {
    const sweep = (percent / 100) * 2 * Math.PI;
    const inset = Math.min(hairline, sweep / 2) / 2;
    const from = turn + inset;
    // A full ring has equal ends and would vanish, so it stops just short of them.
    const to = Math.min(turn + sweep - inset, from + 2 * Math.PI - 0.001);
    turn += sweep;
    return `M${point(from)}A${r} ${r} 0 ${to - from > Math.PI ? 1 : 0} 1 ${point(to)}`;
  });
}
