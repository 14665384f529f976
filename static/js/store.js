/* Store: the scans that wait, in their order. In memory for now; a store that outlives the page
   has the same verbs, which is why they are asynchronous. */

export function memoryStore() {
  const waiting = new Map();
  return {
    async add(scan) {
      waiting.set(scan.id, scan);
    },
    async first(number) {
      return [...waiting.values()].slice(0, number);
    },
    async remove(ids) {
      for (const id of ids) {
        waiting.delete(id);
      }
    },
    async count() {
      return waiting.size;
    },
    /* The moment of the scan that waits longest, or an empty text. */
    async oldest() {
      const [scan] = waiting.values();
      return scan ? scan.scanned_at : "";
    },
  };
}
