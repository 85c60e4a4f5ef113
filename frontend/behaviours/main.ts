// Everything here makes a page that already works a little kinder. Nothing here decides a right.
import "htmx.org";
import "./offline";
import "./forms";
import "./drafts";
import "./dialogs";
import "./toasts";
import "./rows";
import "./outline";
import "./streams";
import "./today";
import "./password";
import "./taps";
import "./roll";
import "./passkeys";
import "./idle";
import "./room";
import "./share";
import "./worker";

// The upload client is only fetched by pages that have a resumable file field.
if (document.querySelector("resumable-upload")) void import("./upload");
// So is the hand that lays a timetable.
if (document.querySelector("timetable-grid")) void import("./grid");
