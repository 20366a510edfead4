import { Field } from "@/components/field";

/** A PostgreSQL URL and its password. The password may stand in either; it never comes back from the server. */
export const AddressFields = ({ url }: { url?: string }) => (
  <>
    <Field
      name="url"
      label="PostgreSQL URL"
      defaultValue={url}
      hint={
        <>
          Like <code className="wrap-anywhere">postgres://reader@db.example.org:5432/warehouse</code>. Best a user who
          may only read. <code>?sslmode=require</code> or <code>verify-full</code> insists on encryption.
        </>
      }
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      dir="ltr"
      inputMode="url"
    />
    <Field
      name="password"
      label="Password"
      hint="Leave it empty when the URL holds it. It is kept encrypted and never shown again, so it has to be typed once more if something is refused."
      type="password"
      required={false}
      autoComplete="new-password"
      dir="ltr"
    />
  </>
);
