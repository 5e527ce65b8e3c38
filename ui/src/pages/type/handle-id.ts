/** The element that an item is dragged by, of the item with this id. */
export const handleId = (itemId: string): string => `handle-${itemId}`;

/** The element that says how to drag. */
export const dragInstructionsId = "drag-instructions";
