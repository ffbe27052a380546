// What the event stream says: one revision per topic, and whether the stream flows.
import { defineStore } from 'pinia';
import { computed, reactive, ref } from 'vue';
import { TOPICS, type Topic } from '@/lib/topics';

export type Connection = 'connecting' | 'open' | 'broken';

export const useLiveStore = defineStore('live', () => {
  const connection = ref<Connection>('connecting');
  const revisions = reactive(Object.fromEntries(TOPICS.map((topic) => [topic, 0])) as Record<Topic, number>); // every topic is listed
  const failures = ref(0);
  const nextTryAt = ref<number | null>(null);
  /** False after a request that got no answer, until one does. */
  const serverAnswers = ref(true);
  const lastGoodAt = ref<number | null>(null);

  /** The stream is broken, one attempt to mend it failed, and plain requests fail too. */
  const away = computed(() => connection.value === 'broken' && failures.value > 1 && !serverAnswers.value);

  function bump(topics: readonly Topic[] = TOPICS): void {
    for (const topic of topics) revisions[topic] += 1;
  }
  function opened(): void {
    // Events may have been missed while it was broken, so everything is asked for again.
    const again = failures.value > 0;
    connection.value = 'open';
    failures.value = 0;
    nextTryAt.value = null;
    if (again) bump();
  }
  function broke(retryAt: number): void {
    connection.value = 'broken';
    failures.value += 1;
    nextTryAt.value = retryAt;
  }
  function trying(): void {
    nextTryAt.value = null;
  }
  function heard(at: number): void {
    serverAnswers.value = true;
    lastGoodAt.value = at;
  }
  function silent(): void {
    serverAnswers.value = false;
  }
  return { connection, revisions, failures, nextTryAt, serverAnswers, lastGoodAt, away, bump, opened, broke, trying, heard, silent };
});
