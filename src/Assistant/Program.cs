using PersonalAi.Assistant.Cli;

using ProcessContext process = ProcessContext.OfThisProcess();
return (int)await PaiRunner.RunAsync(args, process);
