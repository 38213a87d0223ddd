/** A stream of numbers in [0, 1) that is the same for the same seed. */
export interface Random {
  next(): number;
}

/** One stream per purpose (`7/addresses`, `7/latency`), so that one more draw for one leaves the others as they were. */
export function seededRandom(seed: string): Random {
  let [a, b, c, d] = mixed(seed);
  return {
    next() {
      const sum = (a + b + d) | 0;
      d = (d + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      return (sum >>> 0) / 0x1_0000_0000;
    },
  };
}

/** @returns an integer from 0 to `bound - 1` */
export function integerBelow(bound: number, random: Random): number {
  return Math.floor(random.next() * bound);
}

function mixed(seed: string): [number, number, number, number] {
  const word = (salt: number): number => {
    let hash = 0x811c9dc5 ^ salt;
    for (let index = 0; index < seed.length; index++) {
      hash = Math.imul(hash ^ seed.charCodeAt(index), 0x01000193);
      hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    return hash ^ (hash >>> 13);
  };
  return [word(1), word(2), word(3), word(4)];
}
