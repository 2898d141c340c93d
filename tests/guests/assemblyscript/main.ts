// A preview 1 program as AssemblyScript makes it.
const verb = process.argv.length > 1 ? process.argv[1] : "";

if (verb == "sum") {
  let sum = 0;
  for (let i = 2; i < process.argv.length; i++) {
    sum += <i32>parseInt(process.argv[i]);
  }
  console.log("sum " + sum.toString());
} else if (verb == "env") {
  const who = process.env.get("WHO");
  console.log("who " + who);
} else {
  console.error("no such verb");
  process.exit(64);
}
