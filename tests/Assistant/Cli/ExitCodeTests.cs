using PersonalAi.Adapters;
using PersonalAi.Assistant;
using PersonalAi.Assistant.Cli;
using PersonalAi.Assistant.Privacy;
using PersonalAi.Memory;
using Xunit;

namespace PersonalAi.Tests.Assistant.Cli;

public sealed class ExitCodeTests
{
    public static TheoryData<Exception, int> Table => new()
    {
        { new UsageException("x"), 2 },
        { new EgressDeniedException(EgressPurpose.Web, new Uri("https://example.org")), 3 },
        { new DeniedException("x"), 3 },
        { new ModelException(ModelError.NotFound, "x"), 4 },
        { new ModelException(ModelError.Failed, "x"), 4 },
        { new TimeoutException("x"), 5 },
        { new TaskCanceledException("x", new TimeoutException()), 5 },
        { new ModelException(ModelError.PromptTooLong, "x"), 6 },
        { new MemoryException(MemoryError.NotFound, "x"), 2 },
        { new MemoryException(MemoryError.Invalid, "x"), 2 },
        { new MemoryException(MemoryError.WrongKey, "x"), 3 },
        { new MemoryException(MemoryError.Corrupt, "x"), 7 },
        { new ModelException(ModelError.DiskFull, "x"), 7 },
        { new ModelException(ModelError.Network, "x"), 8 },
        { new ModelException(ModelError.KeyRefused, "x"), 8 },
        { new ModelException(ModelError.RateLimited, "x"), 8 },
        { new ModelException(ModelError.BrokenOff, "x"), 8 },
        { new ModelException(ModelError.CreditSpent, "x"), 5 },
        { new IOException("x"), 7 },
        { new UnauthorizedAccessException("x"), 7 },
        { new HttpRequestException("x"), 8 },
        { new OperationCanceledException("x"), 130 },
        { new InvalidOperationException("x"), 1 },
    };

    [Theory]
    [MemberData(nameof(Table))]
    public void Every_failure_has_its_exit_code(Exception error, int code) => Assert.Equal(code, (int)ExitCodes.For(error));
}
