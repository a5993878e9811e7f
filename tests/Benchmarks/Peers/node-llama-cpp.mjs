// Measures node-llama-cpp as 'pai bench' measures pai: a prompt of random tokens, and the generation from one token, apart from
// each other. Prints one line of JSON.
//   node node-llama-cpp.mjs MODEL THREADS PROMPT_TOKENS GENERATED_TOKENS
import { getLlama } from "node-llama-cpp";

const [modelPath, threads, promptTokens, generatedTokens] = [process.argv[2], ...process.argv.slice(3).map(Number)];
const llama = await getLlama({ gpu: false, build: "never", maxThreads: threads, logLevel: "error" });
const started = performance.now();
const model = await llama.loadModel({ modelPath });
const context = await model.createContext({ contextSize: Math.max(promptTokens, generatedTokens) + 8, threads });
const loaded = performance.now();

const sequence = context.getSequence();
const prompt = Array.from({ length: promptTokens }, () => Math.floor(Math.random() * model.fileInfo.metadata.tokenizer.ggml.tokens.length));
const promptStarted = performance.now();
await sequence.evaluateWithoutGeneratingNewTokens(prompt);
const promptEnded = performance.now();

await sequence.clearHistory();
let generated = 0;
let firstToken = 0;
for await (const _ of sequence.evaluate([model.tokens.bos], { temperature: 0, yieldEogToken: true })) {
  if (generated === 0) {
    firstToken = performance.now();
  }

  if (generated++ === generatedTokens) {
    break;
  }
}

const ended = performance.now();
console.log(JSON.stringify({
  load_ms: loaded - started,
  prompt_tokens_per_second: promptTokens / (promptEnded - promptStarted) * 1000,
  tokens_per_second: generatedTokens / (ended - firstToken) * 1000,
}));
process.exit(0);
