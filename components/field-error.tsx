import { Icon } from "./icon";

/** Why a field was refused, beside it; its control names this by `<id>-error`. Nothing when it wasn't. */
export const FieldError = ({ id, error }: { id: string; error: string | undefined }) =>
  error && (
    <p id={`${id}-error`} className="mt-1.5 flex gap-1.5 text-sm text-danger">
      <Icon name="danger" className="mt-0.5" />
      <span className="min-w-0">{error}</span>
    </p>
  );
