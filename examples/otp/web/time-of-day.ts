/** 09:05:07, in the time zone of the server. */
export const timeOfDay = (time: Date): string => time.toTimeString().slice(0, 8);
