// Lets a field show what was typed into the same draft in another tab.

/** Make `field` show `text`, its caret where it was or still at the end; whether anything changed. */
export function follow(field, text) {
  if (field.value === text) return false;
  const { selectionStart, selectionEnd, value } = field;
  field.value = text;
  const isAtEnd = selectionStart === value.length;
  if (document.activeElement === field && !isAtEnd) field.setSelectionRange(selectionStart, selectionEnd);
  return true;
}
