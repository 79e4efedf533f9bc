// The normal distribution in double precision: density, distribution, and the distribution of two correlated variables.

const ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

/** Density at x. */
export function density(x: number): number {
  return Math.exp(-0.5 * x * x) / ROOT_TWO_PI;
}

/** Probability of a value up to x: relative precision about 1e-14, also in the tails. */
export function cumulative(x: number): number {
  if (x > 3) return 1 - tail(x);
  if (x < -3) return tail(-x);
  // 1/2 + density · (x + x³/3 + x⁵/(3·5) + …), whose terms all have one sign.
  let term = x;
  let sum = x;
  for (let n = 3; Math.abs(term) > 1e-17 * Math.abs(sum); n += 2) {
    term *= (x * x) / n;
    sum += term;
  }
  return 0.5 + density(x) * sum;
}

/** Probability beyond x > 0, by the continued fraction x + 1/(x + 2/(x + 3/(x + …))), evaluated from its far end. */
function tail(x: number): number {
  if (x > 39) return 0;
  let fraction = x;
  for (let n = x > 6 ? 40 : 120; n > 0; n--) fraction = x + n / fraction;
  return density(x) / fraction;
}

/** Nodes and weights of Gauss–Legendre quadrature on [-1, 1], found by Newton's method. */
function legendre(points: number): readonly (readonly [node: number, weight: number])[] {
  return Array.from({ length: points }, (_, i) => {
    let x = Math.cos((Math.PI * (i + 0.75)) / (points + 0.5));
    let slope = 0;
    for (let turn = 0; turn < 100; turn++) {
      let [before, now] = [1, x];
      for (let n = 2; n <= points; n++) [before, now] = [now, ((2 * n - 1) * x * now - (n - 1) * before) / n];
      slope = (points * (x * now - before)) / (x * x - 1);
      const step = now / slope;
      x -= step;
      if (Math.abs(step) < 1e-16) break;
    }
    return [x, 2 / ((1 - x * x) * slope * slope)];
  });
}

let nodes: ReturnType<typeof legendre> | undefined;

/** Found on first use: an import of ibwire need not wait for them. */
function nodesOnce(): ReturnType<typeof legendre> {
  nodes ??= legendre(24);
  return nodes;
}

/**
 * Probability that one variable is up to a and the other up to b, correlated by rho. Precision about 1e-14 for |rho| up to
 * 0.9; it is the integral over the angle whose sine is the correlation.
 */
export function bivariate(a: number, b: number, rho: number): number {
  const independent = cumulative(a) * cumulative(b);
  if (independent === 0 && rho <= 0) return 0;
  const half = Math.asin(rho) / 2;
  let sum = 0;
  for (const [node, weight] of nodesOnce()) {
    const sine = Math.sin(half * (1 + node));
    sum += weight * Math.exp((2 * a * b * sine - a * a - b * b) / (2 * (1 - sine * sine)));
  }
  return Math.min(1, Math.max(0, independent + (half * sum) / (2 * Math.PI)));
}
