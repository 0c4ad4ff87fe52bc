import { useEffect, useState } from 'react';

/** A value that follows once it has not changed for a while (milliseconds). */
export function useLater<T>(value: T, quiet: number): T {
  const [later, setLater] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setLater(JSON.parse(key) as T), quiet);
    return () => clearTimeout(timer);
  }, [key, quiet]);
  return later;
}
