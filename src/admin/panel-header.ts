/** The header of every answer of the admin, by which the panel knows that nothing in front of it has answered. */
export const panelHeader = "plugbay-panel";
