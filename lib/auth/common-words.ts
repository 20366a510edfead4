/**
 * What people put at the heart of a password when asked for a long one, in the languages our readers are likeliest to
 * speak: names of the thing itself, greetings, keyboard walks, and what this product is called. Lower case, letters only.
 */
export const commonWords: readonly string[] = [
  ..."password passwort passwd passphrase passcode motdepasse contrasena contraseña senha wachtwoord haslo parola пароль".split(
    " ",
  ),
  ..."secret topsecret private login signin logon access account user username admin administrator root test testing".split(
    " ",
  ),
  ..."demo guest temp temporary default changeme change letmein openup opensesame sesame trustno trustme master super".split(
    " ",
  ),
  ..."qwertyuiop qwerty qwertz azerty asdfghjkl asdfgh zxcvbnm yxcvbnm qazwsxedc qazwsx zaqxsw йцукен qweasdzxc qweasd".split(
    " ",
  ),
  ..."welcome hello goodbye bonjour hallo iloveyou ilove loveyou forever always sunshine princess monkey dragon".split(
    " ",
  ),
  ..."football baseball basketball soccer hockey superman batman spiderman pokemon starwars shadow killer freedom".split(
    " ",
  ),
  ..."whatever nothing something computer internet windows google facebook microsoft apple samsung office company".split(
    " ",
  ),
  ..."monday tuesday wednesday thursday friday saturday sunday january february march april june july august".split(
    " ",
  ),
  ..."september october november december spring summer autumn winter".split(" "),
  ..."gatehouse gate house organization organisation invitation invite".split(" "),
];

/** Long ones that are no word with something around it, yet known to everyone who guesses. Lower case, whole. */
export const commonPhrases: readonly string[] = [
  "correcthorsebatterystaple",
  "thequickbrownfox",
  "thequickbrownfoxjumpsoverthelazydog",
  "loremipsumdolor",
  "loremipsumdolorsitamet",
  "tobeornottobe",
  "maytheforcebewithyou",
  "ihatepasswords",
  "thisismypassword",
  "mynameis",
  "onetwothreefour",
  "idontknowwhat",
  "abcdefghijklmnopqrstuvwxyz",
];
