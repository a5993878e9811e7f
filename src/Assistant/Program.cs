using PersonalAi.Assistant.Cli;

using var process = ProcessContext.OfThisProcess();
return (int)await PaiRunner.RunAsync(args, process);
