export { DELETE, GET, HEAD, PATCH, POST, PUT } from "../../../../panel.js";
