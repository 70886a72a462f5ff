// A page that could not be shown just now is loaded again.
import { tryAgain } from "./again.js";

tryAgain(() => location.reload());
