/** What the preload script posts to the page together with the port of somebody who wants networks trained. */
export const trainerMessage = 'spagene:trainer';
