/** Fewer points draw a slope, not a course. */
export const FEWEST = 4;
