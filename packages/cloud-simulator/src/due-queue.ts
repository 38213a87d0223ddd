/** What falls due, earliest first; at one moment in the order of its arrival. */
export interface DueQueue<T> {
  readonly size: number;
  push(atMs: number, item: T): void;
  /** When the earliest item falls due; Infinity when there is none. */
  nextAtMs(): number;
  /** Takes the earliest item that is due at `nowMs`. */
  takeDue(nowMs: number): { readonly atMs: number; readonly item: T } | undefined;
}

interface Entry<T> {
  readonly atMs: number;
  readonly order: number;
  readonly item: T;
}

/** A binary heap. */
export function dueQueue<T>(): DueQueue<T> {
  const heap: Entry<T>[] = [];
  let pushed = 0;
  return {
    get size() {
      return heap.length;
    },
    push(atMs, item) {
      heap.push({ atMs, order: pushed++, item });
      rise(heap, heap.length - 1);
    },
    nextAtMs() {
      return heap[0]?.atMs ?? Number.POSITIVE_INFINITY;
    },
    takeDue(nowMs) {
      const [first] = heap;
      if (first === undefined || first.atMs > nowMs) return undefined;
      const last = heap.pop();
      if (last !== undefined && heap.length > 0) {
        heap[0] = last;
        sink(heap);
      }
      return first;
    },
  };
}

function rise<T>(heap: Entry<T>[], from: number): void {
  let child = from;
  while (child > 0) {
    const parent = (child - 1) >> 1;
    if (!isEarlier(heap[child], heap[parent])) return;
    swap(heap, child, parent);
    child = parent;
  }
}

function sink<T>(heap: Entry<T>[]): void {
  let parent = 0;
  for (;;) {
    const left = 2 * parent + 1;
    const right = left + 1;
    const child = isEarlier(heap[right], heap[left]) ? right : left;
    if (!isEarlier(heap[child], heap[parent])) return;
    swap(heap, child, parent);
    parent = child;
  }
}

function isEarlier<T>(one: Entry<T> | undefined, other: Entry<T> | undefined): boolean {
  if (one === undefined || other === undefined) return one !== undefined;
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order);
}

function swap<T>(heap: Entry<T>[], one: number, other: number): void {
  const [a, b] = [heap[one], heap[other]];
  if (a === undefined || b === undefined) return;
  heap[one] = b;
  heap[other] = a;
}
