/** PNG's colour types by number of channels (specification, section 11.2.1). */
export const colourTypes = { 1: 0, 2: 4, 3: 2, 4: 6 } as const;
