// The yardstick of `make bench`: as little as Vue and Chart.js need to show one number and one chart of the same data.
import { CategoryScale, Chart, Filler, LinearScale, LineController, LineElement, PointElement } from 'chart.js';
import { createApp, h, onMounted, ref } from 'vue';

Chart.register(CategoryScale, Filler, LinearScale, LineController, LineElement, PointElement);

const read = async (path) => (await fetch(path)).json();

createApp({
  setup() {
    const total = ref('');
    const canvas = ref(null);
    onMounted(async () => {
      const [overview, chart] = await Promise.all([read('/overview'), read('/chart')]);
      total.value = Number(overview.total_value_usd).toFixed(2);
      const line = (name) => ({ data: chart.series.map((point) => point[name]), pointRadius: 0, borderWidth: 1 });
      new Chart(canvas.value, {
        type: 'line',
        data: { labels: chart.series.map((point) => point.t), datasets: [line('twr_percent'), line('benchmark_percent')] },
        options: { animation: false, maintainAspectRatio: false },
      });
    });
    return () => [h('h1', { 'data-testid': 'total-value' }, total.value), h('div', { style: 'height: 318px' }, h('canvas', { ref: canvas }))];
  },
}).mount('#app');
