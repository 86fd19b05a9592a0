import "../../design/tokens.css";
import "../../design/base.css";
import "./panel.css";
import { SignIn } from "@teleprompter/sdk";
import { mount } from "./mount.js";

const root = document.getElementById("panel");
// The gateway that serves the page, whatever path a proxy gives it.
if (root) mount(root, { gateway: ".", signIn: new SignIn(".") });
