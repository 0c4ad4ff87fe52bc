import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react';
import { Icon, type IconName } from './icons.tsx';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** One primary button a view; `danger` for what takes something away. */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: IconName;
  readonly children: ReactNode;
  /** Why it cannot be pressed now: shown on hover and to screen readers; the button stays reachable. */
  readonly blocked?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function Button({
  kind = 'plain',
  icon,
  children,
  blocked,
  onClick,
  className,
  ...rest
}: ButtonProps) {
  const isBlocked = blocked !== undefined;
  return (
    <button
      type="button"
      {...rest}
      {...(isBlocked && { 'aria-disabled': true, title: blocked })}
      className={`button button-${kind}${isBlocked ? ' is-blocked' : ''} ${className ?? ''}`}
      onClick={isBlocked ? undefined : onClick}
    >
      {icon && <Icon name={icon} size={18} />}
      <span>{children}</span>
      {isBlocked && <span className="visually-hidden">{blocked}</span>}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'> {
  readonly icon: IconName;
  /** Read aloud and shown on hover. */
  readonly label: string;
  readonly pressed?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
}

export function IconButton({ icon, label, pressed, className, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      {...(pressed !== undefined && { 'aria-pressed': pressed })}
      className={`icon-button ${className ?? ''}`}
      aria-label={label}
      title={label}
    >
      <Icon name={icon} size={18} />
    </button>
  );
}
