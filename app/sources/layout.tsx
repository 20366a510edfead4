export { organizationTitles as generateMetadata, SignedIn as default } from "../signed-in";
