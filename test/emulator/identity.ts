/**
 * Accounts and access keys. The access key id names the account in clear: AKIA (a user's key) or ASIA (a session's),
 * the twelve digits of the account, four characters. Any other key id belongs to the default account. Real key ids
 * have no 0, 1, 8 or 9, so none is mistaken for one of ours.
 */
export const DEFAULT_ACCOUNT = "123456789012";

export const accessKeyOf = (account: string): string => `AKIA${account}TEST`;

/** The access key id of the n-th session in an account. */
export const sessionKeyOf = (account: string, n: number): string =>
    `ASIA${account}${n.toString(36).toUpperCase().padStart(4, "0")}`;

export const accountOf = (accessKeyId: string): string =>
    /^(?:AKIA|ASIA)(\d{12})/.exec(accessKeyId)?.[1] ?? DEFAULT_ACCOUNT;
