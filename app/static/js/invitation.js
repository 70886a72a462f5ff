// The invitation: copied by one press, which says so; where that can't be, the text is selected to be copied by hand.
import { copy } from "./copy.js";

const text = document.getElementById("invitation-text");
const button = document.getElementById("invitation-copy");
const said = document.getElementById("invitation-said");

button.hidden = false;
button.addEventListener("click", async () => {
  // Emptied first, since the same words again would not be heard.
  said.textContent = "";
  const done = await copy(text.value);
  if (done) button.focus();
  else text.select();
  setTimeout(() => (said.textContent = done ? said.dataset.copied : said.dataset.byHand), 50);
});
