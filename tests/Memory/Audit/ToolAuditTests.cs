using PersonalAi.Memory.Audit;
using PersonalAi.Memory.Storage;
using Xunit;

namespace PersonalAi.Tests.Memory.Audit;

public sealed class ToolAuditTests : MemoryTest
{
    [Fact]
    public async Task A_call_reads_back_as_it_was_recorded()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var turn = await ExchangeAsync(database, session.Id, "Fetch it.", "Done.");
        var call = Call("fetch_page") with
        {
            Session = session.Id,
            Turn = turn.Id,
            Untrusted = 2,
            Decision = "ask",
            Approval = "once",
            Reason = "the user said yes",
            ResultSha256 = "00ff",
            Elapsed = TimeSpan.FromMilliseconds(12.5),
        };
        var audit = new ToolAudit(database);

        await audit.RecordAsync(call, Stop);

        Assert.Equal([call with { Number = 1 }], await audit.ListAsync(cancellationToken: Stop));
    }

    [Fact]
    public async Task The_newest_comes_first_and_the_limit_holds()
    {
        var audit = new ToolAudit(await OpenAsync());
        foreach (var tool in new[] { "first", "second", "third" })
        {
            await audit.RecordAsync(Call(tool), Stop);
        }

        Assert.Equal(["third", "second"], (await audit.ListAsync(limit: 2, Stop)).Select(call => call.Tool));
    }

    [Fact]
    public async Task A_call_outlives_its_session()
    {
        var database = await OpenAsync();
        var session = await Sessions(database).CreateAsync(Settings, cancellationToken: Stop);
        var audit = new ToolAudit(database);
        await audit.RecordAsync(Call("fetch_page") with { Session = session.Id }, Stop);

        using (var connection = Connect(File))
        {
            connection.Execute("pragma foreign_keys = on; delete from sessions");
        }

        Assert.Equal([Call("fetch_page") with { Number = 1 }], await audit.ListAsync(cancellationToken: Stop));
    }

    private AuditedCall Call(string tool) => new(tool, "built-in", "leaves-machine", "terminal", "succeeded", "abcd") { CalledAt = Time.GetUtcNow() };
}
