using System.Globalization;

namespace PersonalAi.Assistant.Doctor;

/// <summary>How many cores there are, and how busy.</summary>
internal sealed class CpuCheck() : HealthCheck("cpu", HealthArea.Model)
{
    private const string LinuxFile = "/proc/loadavg";

    protected override async Task<Finding> LookAsync(CancellationToken cancellationToken)
    {
        var cores = Environment.ProcessorCount;
        if (!File.Exists(LinuxFile))
        {
            return Finding.Ok($"{cores} cores; how busy they are, this system does not tell.");
        }

        // "0.52 0.58 0.59 1/467 12345": programs that ran or waited, over 1, 5 and 15 minutes (proc_loadavg(5)).
        var text = await File.ReadAllTextAsync(LinuxFile, cancellationToken);
        var load = double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
        var found = string.Create(CultureInfo.InvariantCulture, $"{cores} cores, {load:0.0} programs at work in the last minute");
        return load < cores
            ? Finding.Ok($"{found}.")
            : Finding.Warning($"{found}: answers come slowly.", "Wait for other programs, or leave them a core with 'pai config set model.threads'.");
    }
}
