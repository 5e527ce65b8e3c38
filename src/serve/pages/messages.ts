import type { Language } from "../../admin/page/language.ts";

/** What the pages say, in one language. */
export interface Messages {
  readonly signIn: string;
  readonly signInWith: (provider: string) => string;
  readonly email: string;
  readonly password: string;
  readonly signOut: string;
  readonly signedInAs: string;
  readonly changePassword: string;
  readonly currentPassword: string;
  readonly newPassword: string;
  readonly newPasswordAgain: string;
  readonly passwordRule: (min: number, max: number) => string;
  readonly noPassword: string;
  readonly toPanel: string;
  readonly notices: Readonly<Record<Notice, string>>;
}

export type Notice =
  | "signed-out"
  | "password-changed"
  | "wrong-credentials"
  | "wrong-password"
  | "passwords-differ"
  | "password-length"
  | "too-many"
  | "busy"
  | "not-a-user"
  | "provider-failed"
  | "cross-origin"
  | "not-found"
  | "failed";

const english: Messages = {
  signIn: "Sign in",
  signInWith: (provider) => `Sign in with ${provider}`,
  email: "E-mail address",
  password: "Password",
  signOut: "Sign out",
  signedInAs: "Signed in as",
  changePassword: "Change password",
  currentPassword: "Current password",
  newPassword: "New password",
  newPasswordAgain: "New password again",
  passwordRule: (min, max) => `${min} to ${max} characters. Your other sessions end.`,
  noPassword: "You sign in at a provider and have no password here.",
  toPanel: "To the panel",
  notices: {
    "signed-out": "You are signed out.",
    "password-changed": "Your password is changed. Your other sessions have ended.",
    "wrong-credentials":
      "E-mail address or password is wrong. Try again, or ask an administrator for a new password.",
    "wrong-password": "The current password is wrong. Try again.",
    "passwords-differ": "The two new passwords differ. Type the same one twice.",
    "password-length": "The new password is too short or too long. Choose another one.",
    "too-many": "Too many attempts. Wait a minute, then try again.",
    busy: "Too many people are signing in. Wait a few seconds, then try again.",
    "not-a-user":
      "You are not a user here. Ask an administrator to add you, with the address you have there.",
    "provider-failed": "The provider did not sign you in. Try again, or tell an administrator.",
    "cross-origin": "This came from another site and was refused. Open the page again and retry.",
    "not-found": "Page not found.",
    failed: "Something went wrong. Try again in a moment; if it keeps happening, tell an administrator.",
  },
};

const german: Messages = {
  signIn: "Anmelden",
  signInWith: (provider) => `Anmelden mit ${provider}`,
  email: "E-Mail-Adresse",
  password: "Passwort",
  signOut: "Abmelden",
  signedInAs: "Angemeldet als",
  changePassword: "Passwort ändern",
  currentPassword: "Bisheriges Passwort",
  newPassword: "Neues Passwort",
  newPasswordAgain: "Neues Passwort noch einmal",
  passwordRule: (min, max) => `${min} bis ${max} Zeichen. Ihre anderen Sitzungen enden.`,
  noPassword: "Sie melden sich bei einem Anbieter an und haben hier kein Passwort.",
  toPanel: "Zur Verwaltung",
  notices: {
    "signed-out": "Sie sind abgemeldet.",
    "password-changed": "Ihr Passwort ist geändert. Ihre anderen Sitzungen sind beendet.",
    "wrong-credentials":
      "E-Mail-Adresse oder Passwort ist falsch. Versuchen Sie es noch einmal, oder bitten Sie die Administration um ein neues Passwort.",
    "wrong-password": "Das bisherige Passwort ist falsch. Versuchen Sie es noch einmal.",
    "passwords-differ": "Die beiden neuen Passwörter unterscheiden sich. Geben Sie zweimal dasselbe ein.",
    "password-length": "Das neue Passwort ist zu kurz oder zu lang. Wählen Sie ein anderes.",
    "too-many": "Zu viele Versuche. Warten Sie eine Minute, und versuchen Sie es dann noch einmal.",
    busy: "Zu viele melden sich gerade an. Warten Sie einige Sekunden, und versuchen Sie es dann noch einmal.",
    "not-a-user":
      "Sie sind hier nicht eingetragen. Bitten Sie die Administration darum, mit der Adresse, die Sie dort haben.",
    "provider-failed":
      "Der Anbieter hat Sie nicht angemeldet. Versuchen Sie es noch einmal, oder melden Sie es der Administration.",
    "cross-origin":
      "Das kam von einer anderen Website und wurde abgelehnt. Öffnen Sie die Seite neu, und versuchen Sie es noch einmal.",
    "not-found": "Hier ist nichts.",
    failed:
      "Das hat nicht geklappt. Versuchen Sie es gleich noch einmal; bleibt es so, melden Sie es der Administration.",
  },
};

const persian: Messages = {
  signIn: "ورود",
  signInWith: (provider) => `ورود با ${provider}`,
  email: "نشانی ایمیل",
  password: "گذرواژه",
  signOut: "خروج",
  signedInAs: "واردشده با",
  changePassword: "تغییر گذرواژه",
  currentPassword: "گذرواژهٔ کنونی",
  newPassword: "گذرواژهٔ تازه",
  newPasswordAgain: "تکرار گذرواژهٔ تازه",
  passwordRule: (min, max) => `${digits(min)} تا ${digits(max)} نویسه. نشست‌های دیگر شما پایان می‌یابند.`,
  noPassword: "شما از راه یک ارائه‌دهنده وارد می‌شوید و اینجا گذرواژه‌ای ندارید.",
  toPanel: "رفتن به پنل",
  notices: {
    "signed-out": "از حساب خود خارج شدید.",
    "password-changed": "گذرواژهٔ شما تغییر کرد. نشست‌های دیگر شما پایان یافتند.",
    "wrong-credentials":
      "نشانی ایمیل یا گذرواژه نادرست است. دوباره تلاش کنید یا از مدیر گذرواژهٔ تازه بخواهید.",
    "wrong-password": "گذرواژهٔ کنونی نادرست است. دوباره تلاش کنید.",
    "passwords-differ": "دو گذرواژهٔ تازه یکسان نیستند. یکی را دو بار بنویسید.",
    "password-length": "گذرواژهٔ تازه بیش از اندازه کوتاه یا بلند است. گذرواژهٔ دیگری برگزینید.",
    "too-many": "تلاش‌ها بیش از اندازه بود. یک دقیقه صبر کنید و دوباره تلاش کنید.",
    busy: "اکنون افراد زیادی در حال ورودند. چند ثانیه صبر کنید و دوباره تلاش کنید.",
    "not-a-user": "شما اینجا کاربر نیستید. از مدیر بخواهید شما را با همان نشانی که آنجا دارید بیفزاید.",
    "provider-failed": "ارائه‌دهنده شما را وارد نکرد. دوباره تلاش کنید یا به مدیر خبر دهید.",
    "cross-origin": "این درخواست از سایت دیگری آمد و پذیرفته نشد. صفحه را از نو باز کنید و دوباره تلاش کنید.",
    "not-found": "اینجا چیزی نیست.",
    failed: "انجام نشد. کمی بعد دوباره تلاش کنید؛ اگر همچنان چنین بود به مدیر خبر دهید.",
  },
};

const digits = (number: number): string => number.toLocaleString("fa");

const catalogue: Readonly<Record<Language, Messages>> = { en: english, de: german, fa: persian };

export const messagesIn = (language: Language): Messages => catalogue[language];
