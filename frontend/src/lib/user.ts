/** The one user of an installation: there is no other name to sign in with. */
export const USER = 'admin';
