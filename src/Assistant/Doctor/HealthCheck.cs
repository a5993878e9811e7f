using System.Diagnostics;

namespace PersonalAi.Assistant.Doctor;

/// <summary>Looks at one thing that the main job needs, and leaves it as it is.</summary>
/// <param name="id">What it looks at, in one word.</param>
/// <param name="area">What cannot work where it fails.</param>
internal abstract class HealthCheck(string id, HealthArea area)
{
    /// <summary>What it looks at, in one word.</summary>
    public string Id { get; } = id;

    /// <summary>What cannot work where it fails.</summary>
    public HealthArea Area { get; } = area;

    /// <summary>Looks, and measures how long that takes; whatever goes wrong is a finding.</summary>
    /// <exception cref="OperationCanceledException">The diagnosis was cancelled.</exception>
    public async Task<HealthReport> RunAsync(CancellationToken cancellationToken = default)
    {
        var started = Stopwatch.GetTimestamp();
        Finding finding;
        try
        {
            finding = await LookAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // A diagnosis that fails where something is broken is of no use.
        catch (Exception error)
#pragma warning restore CA1031
        {
            finding = Translate(error);
        }

        return new HealthReport(this, finding, Stopwatch.GetElapsedTime(started));
    }

    /// <summary>What is found; an exception becomes a failure with its message.</summary>
    protected abstract Task<Finding> LookAsync(CancellationToken cancellationToken);

    /// <summary>The finding that an exception is. The checks of configuration and personas say what is wrong there; the others need not repeat it.</summary>
    protected virtual Finding Translate(Exception error) => error is UsageException
        ? Finding.Warning("Not looked at, since the configuration cannot be used.", "Mend the configuration first.")
        : Finding.Failure(error.Message);
}
