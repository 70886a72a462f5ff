// The QR code brings the recovery code behind the # of the address, which no browser sends: filled in, never kept.
import "./join.js";

const field = document.getElementById("recovery");
const brought = location.hash.slice(1);

if (brought) {
  // Out of the address bar and the history at once.
  history.replaceState(null, "", location.pathname);
  field.value = brought;
  document.getElementById("recover-intro").hidden = true;
  document.getElementById("recover-scanned").hidden = false;
  document.querySelector(".join-form button").focus();
}
