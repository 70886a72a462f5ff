// Own statements without a seat: the device shows what it keeps, and asks by receipt alone.
import "./announce.js";
import "./redaction_delivery.js";
import "./written.js";
