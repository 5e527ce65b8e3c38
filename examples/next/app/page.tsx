import { greeting } from "../greeting";
import { plugbay } from "../plugbay";
import { signIn } from "./sign-in";

export default async function Page() {
  const text = (await plugbay()).require(greeting).greet("visitor");
  return (
    <main>
      <h1>{text}</h1>
      <form action={signIn}>
        <label>
          Password <input name="password" type="password" />
        </label>
        <button type="submit">To the panel</button>
      </form>
    </main>
  );
}
