/** The variable by which connectors know the API, too. */
export const apiUrl = process.env.PAINCHAIN_API_URL || undefined;
