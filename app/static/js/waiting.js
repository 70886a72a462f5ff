// Says at a list that is held still how many cards wait to come in: beside the heading of the inbox, or at a theme's end.
import { inboxList, lists, themeOf } from "./board_places.js";
import { waitingFor } from "./board_pushes.js";

const words = document.getElementById("phrases").dataset;

function say() {
  for (const list of lists()) {
    const place = list === inboxList() ? document.getElementById("inbox-heading") : list;
    const count = waitingFor(themeOf(list));
    if (count) place.dataset.waiting = words.waiting.replace("{n}", count);
    else delete place.dataset.waiting;
  }
}

document.addEventListener("moderato:pushed", say);
