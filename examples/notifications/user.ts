export interface User {
  readonly id: number;
  readonly name: string;
  readonly email: string;
  readonly phone: string;
  readonly device: string;
}
