/** How often the settings ask again how everything is doing. */
export const refreshEveryMs = 5_000;
