using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using PersonalAi.Memory;
using PersonalAi.Memory.Facts;
using PersonalAi.Memory.Forgetting;
using PersonalAi.Memory.Verification;
using PersonalAi.Tests.Fakes;
using Xunit;

namespace PersonalAi.Tests.Memory.Forgetting;

/// <summary>
/// Processes that remember and forget are killed at random moments. PAI_CRASH_SEED repeats a run's choices, PAI_CRASH_KILLS says how
/// often (200 where it does not).
/// </summary>
public sealed class ForgettingCrashTests
{
    private const int Folders = 4;

    [Fact]
    public async Task A_killed_process_leaves_a_memory_that_is_whole_and_nothing_of_what_it_forgot()
    {
        var seed = Setting("PAI_CRASH_SEED") ?? Environment.TickCount;
        var kills = Setting("PAI_CRASH_KILLS") ?? 200;
        TestContext.Current.TestOutputHelper!.WriteLine($"PAI_CRASH_SEED={seed} PAI_CRASH_KILLS={kills}");

        var forgotten = await Task.WhenAll(Enumerable.Range(0, Folders).Select(number =>
            Task.Run(() => KillInFolderAsync(new Random(seed + number), (kills + Folders - 1) / Folders, $"seed {seed}, folder {number}"))));

        Assert.True(forgotten.Sum() > 0 || kills < 50, $"With seed {seed} nothing was forgotten, so that nothing was tested.");
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static int? Setting(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? int.Parse(value, CultureInfo.InvariantCulture) : null;

    private static async Task<int> KillInFolderAsync(Random random, int kills, string where)
    {
        using var folder = new ScratchFolder();
        var gone = new HashSet<string>();
        for (var kill = 1; kill <= kills; kill++)
        {
            var said = await KillOneAsync(folder.Path, random);
            gone.UnionWith(said.Where(line => line[0] == "forgot").Select(line => line[1]));
            await CheckAsync(folder.Path, said, gone, $"{where}, kill {kill}");
        }

        return gone.Count;
    }

    // After some lines, or a moment after the last of them: wherever it is then.
    private static async Task<List<string[]>> KillOneAsync(string folder, Random random)
    {
        using var child = MemoryChild.Start($"{ForgettingChild.Name}{random.Next()}", folder);
        var said = new List<string[]>();
        for (var lines = random.Next(8); lines >= 0 && await child.NextLineAsync(Stop) is { } line; lines--)
        {
            said.Add(line.Split(' '));
        }

        await Task.Delay(random.Next(60), Stop);
        await child.KillAsync(Stop);
        while (await child.NextLineAsync(Stop) is { } line)
        {
            said.Add(line.Split(' '));
        }

        return said;
    }

    private static async Task CheckAsync(string folder, List<string[]> said, HashSet<string> gone, string where)
    {
        await using var database = await MemoryDatabase.OpenAsync(Path.Combine(folder, "pai.db"), TimeProvider.System, NullLogger.Instance, Stop);
        await ForgettingChild.FinishAsync(new MemoryEraser(database), Stop);

        // What it was about to forget is there whole, or not at all.
        if (said.LastOrDefault(line => line[0] == "forgetting") is [_, var word] && !gone.Contains(word)
            && (await new MemoryEraser(database).MatchingAsync(word, Stop)).Count == 0)
        {
            gone.Add(word);
        }

        var damage = await new MemoryVerification(database).VerifyAsync(Stop);
        Assert.True(damage.Count == 0, $"{where}: {string.Join(' ', damage.Select(found => found.Sentence))}");

        // FTS5 stores of a word only what differs from the one before it.
        var traces = await TraceSearch.InFilesAsync(folder, [.. gone.Select(word => word[^9..])], Stop);
        Assert.True(traces.Found.Count == 0, $"{where}: {string.Join(' ', traces.Found)}");
    }
}
