using System.CommandLine;

namespace PersonalAi.Assistant.Cli;

/// <summary>Answers a command's question in advance; without it, a person at a terminal is asked, and nobody else can be.</summary>
internal sealed class YesOption : Option<bool>
{
    public YesOption() : base("--yes") => Description = "Do not ask; needed where nobody can be asked";

    /// <summary>Returns when the user agrees.</summary>
    /// <param name="pai">Whom to ask.</param>
    /// <param name="arguments">Where <c>--yes</c> may stand.</param>
    /// <param name="action">What is to be done, after "Really": <c>replace the file 'notes.md'</c>.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="DeniedException">The user does not agree, or cannot be asked.</exception>
    public async Task RequireAsync(Composition pai, ParseResult arguments, string action, CancellationToken cancellationToken = default)
    {
        if (!arguments.GetValue(this))
        {
            if (arguments.InvocationConfiguration is PaiInvocation { MayAsk: false })
            {
                throw new DeniedException($"That would {action}; say it again with --yes to allow it.");
            }

            var answer = await AskAsync(pai, $"Really {action}? [y/N] ", $"Nobody can be asked here whether to {action}; give --yes to allow it.", cancellationToken);
            if (answer.ToUpperInvariant() is not ("Y" or "YES"))
            {
                throw new DeniedException("That was not a yes, so nothing was changed.");
            }
        }
    }

    /// <summary>What a person at the terminal answers.</summary>
    /// <param name="pai">Whom to ask.</param>
    /// <param name="question">Ends with a space.</param>
    /// <param name="refusal">What to say where nobody can be asked.</param>
    /// <param name="cancellationToken">Stops waiting for the answer.</param>
    /// <exception cref="DeniedException">Nobody sits there.</exception>
    public static async Task<string> AskAsync(Composition pai, string question, string refusal, CancellationToken cancellationToken = default)
    {
        if (!pai.Console.InputIsTerminal || !pai.Console.ErrorIsTerminal)
        {
            throw new DeniedException(refusal);
        }

        await pai.Console.Error.WriteAsync(question);
        var answer = await Task.Run(pai.Console.Input.ReadLine, cancellationToken).WaitAsync(cancellationToken);
        return answer?.Trim() ?? "";
    }
}
