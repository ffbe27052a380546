/** The part of an answer that names the benchmark: weights in percent by coin. */
export function mixOf(weights: Readonly<Record<string, number>> = { BTC: 50, ETH: 50 }, resets = true) {
  return { benchmark_mix: { coins: Object.entries(weights).map(([coin, weight_percent]) => ({ coin, weight_percent })), resets } };
}
